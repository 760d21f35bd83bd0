"""How a campaign is heard of: pictures for links, papers to hang up, links that are counted, a feed, figures."""
