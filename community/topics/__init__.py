"""What working groups talk about: topics, posts, files, mails of them."""
