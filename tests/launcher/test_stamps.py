"""Stamps remember, and a broken one remembers nothing."""

from launcher import stamps


def test_what_is_written_is_read(tmp_path):
    stamps.write(tmp_path / "deep" / "a.json", {"x": "1"})
    assert stamps.read(tmp_path / "deep" / "a.json") == {"x": "1"}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["a.json"]


def test_a_missing_or_cut_one_says_nothing(tmp_path):
    (tmp_path / "cut.json").write_text('{"x": ')
    (tmp_path / "list.json").write_text("[1]")
    assert [stamps.read(tmp_path / name) for name in ("none.json", "cut.json", "list.json")] == [{}, {}, {}]


def test_a_digest_knows_content_and_names_but_not_caches(tmp_path):
    (tmp_path / "a").write_text("1")
    first = stamps.digest([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("x")
    assert stamps.digest([tmp_path]) == first
    (tmp_path / "a").rename(tmp_path / "b")
    assert stamps.digest([tmp_path]) != first
