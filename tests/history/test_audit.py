"""The audit on real git repositories: what was altered after it was committed is named, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forecastlog.errors import Refused
from forecastlog.history import audit, sentence
from forecastlog.ledger import load
from tests.history.repository import ARTICLE, RESOLUTION, SECOND, TODAY, Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "desk")
    made.commit(ARTICLE)
    return made


def test_a_record_that_nobody_touched_is_clean(repository: Repository) -> None:
    repository.commit(ARTICLE + RESOLUTION, day="2026-03-21")
    findings = repository.audit()
    assert [(finding.record, finding.kind, finding.on) for finding in findings] == [
        ("aid", "logged", date(2025, 3, 20))
    ]
    loaded = load(repository.root)
    (record,) = loaded.ledger.predictions
    assert sentence(record, findings, loaded, TODAY) == (
        "committed on 2025-03-20, before the outcome was known; unchanged since"
    )


def test_an_edited_probability_is_named_with_who_and_when(repository: Repository) -> None:
    repository.commit(ARTICLE + RESOLUTION, day="2026-03-21")
    edited = (ARTICLE + RESOLUTION).replace("probability: 0.05", "probability: 0.02")
    repository.commit(edited, day="2026-04-02", author="Mallory")
    (change,) = repository.changes()
    assert (change.record, change.kind, change.field) == (
        "aid",
        "altered",
        "forecasts[the-paper 2025-03-19].probability",
    )
    assert (change.was, change.now) == ("0.05", "0.02")
    assert (change.by, change.on) == ("Mallory", date(2026, 4, 2))
    assert change.after_deadline
    assert change.after_outcome
    assert change.breach


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("A new aid package", "A new and large aid package", "claim"),
        ("Yes on a new drawdown.", "Yes on any drawdown.", "criteria"),
        ("latest: 2026-03-19", "latest: 2026-09-19", "deadline.latest"),
        ("published: 2025-03-19", "published: 2025-03-18", "made"),
    ],
)
def test_every_published_value_is_watched(repository: Repository, old: str, new: str, field: str) -> None:
    repository.commit(ARTICLE.replace(old, new), day="2025-04-01")
    assert field in [change.field for change in repository.changes()]


def test_what_is_only_in_the_working_tree_is_named_too(repository: Repository) -> None:
    (repository.root / "essay.yaml").write_text(ARTICLE.replace("0.05, low", "0.5, low"), encoding="utf-8")
    (change,) = repository.changes()
    assert change.commit == "not committed"


def test_a_record_that_vanished_is_named(repository: Repository) -> None:
    repository.commit(ARTICLE + SECOND, day="2025-03-21")
    repository.commit(ARTICLE, day="2025-05-01")
    (change,) = repository.changes()
    assert (change.record, change.kind, change.was) == ("talks", "vanished", "The talks go on.")


def test_a_file_that_was_broken_for_a_commit_counts_by_what_it_says_afterwards(
    repository: Repository,
) -> None:
    repository.commit(ARTICLE.replace("claim: A", "claim: [A"), day="2025-04-01")
    repository.commit(ARTICLE + RESOLUTION, day="2026-03-21")
    assert repository.changes() == []
    repository.commit(ARTICLE.replace("claim: A", "claim: [A"), day="2026-04-01")
    repository.commit((ARTICLE + RESOLUTION).replace("0.05, low", "0.5, low"), day="2026-04-02")
    assert [(change.now, change.on) for change in repository.changes()] == [("0.5", date(2026, 4, 2))]


def test_a_forecast_that_vanished_is_named(repository: Repository) -> None:
    first, second = ARTICLE, '      - {probability: 0.4, by: "desk", made: 2025-03-20}\n'
    repository.commit(first + second, day="2025-03-21")
    repository.commit(first, day="2025-05-01")
    assert [(change.field, change.was) for change in repository.changes()] == [
        ("forecasts[desk 2025-03-20]", "probability 0.4, basis stated"),
    ]


def test_a_correction_that_tells_of_it_covers_it(repository: Repository) -> None:
    correction = """\
    corrections:
      - {on: "2025-04-01", by: "eve", field: "claim", was: "A new aid package is announced.", why: "reading"}
"""
    repository.commit(ARTICLE.replace("A new aid", "A fresh aid") + correction, day="2025-04-01")
    (change,) = repository.changes()
    assert (change.level, change.why) == ("explained", "reading")
    assert not change.breach


def test_moving_a_record_to_another_file_or_renaming_it_alters_nothing(repository: Repository) -> None:
    (repository.root / "essay.yaml").rename(repository.root / "moved.yaml")
    repository.commit(ARTICLE, day="2025-04-01", name="moved.yaml")
    assert repository.changes() == []


def test_comments_layout_and_order_alter_nothing(repository: Repository) -> None:
    repository.commit(ARTICLE + SECOND, day="2025-03-21")
    head, first = ARTICLE.split("predictions:\n")
    text = f"{head}# a remark\npredictions:\n{SECOND}{first}".replace(
        "claim: A new aid package is announced.", "claim: >-\n      A new aid\n      package is announced."
    )
    repository.commit(text, day="2025-04-01")
    assert repository.changes() == []


def test_a_record_backdated_against_its_commit_is_named(repository: Repository) -> None:
    repository.commit(ARTICLE + SECOND, day="2025-06-01")
    found = [finding for finding in repository.audit() if finding.kind == "misdated"]
    assert [(finding.record, finding.was, finding.now) for finding in found] == [
        ("talks", "2025-03-20", "2025-06-01")
    ]


def test_criteria_written_after_the_outcome_are_named(tmp_path: Path) -> None:
    made = Repository(tmp_path / "late")
    resolution = RESOLUTION.replace("2026-03-21", "2026-06-01")
    made.commit(ARTICLE.replace("logged: 2025-03-20", "logged: 2026-06-01") + resolution, day="2026-06-01")
    assert [finding.kind for finding in made.audit()] == ["logged", "late-criteria"]


def test_since_leaves_out_what_came_before(repository: Repository) -> None:
    repository.commit(ARTICLE.replace("A new aid", "A fresh aid"), day="2025-04-01")
    repository.commit(ARTICLE.replace("A new aid", "A fresh aid") + SECOND, day="2025-04-02")
    found = repository.audit(since="HEAD~1")
    assert [(finding.record, finding.kind) for finding in found] == [
        ("talks", "logged"),
        ("talks", "misdated"),
    ]


def test_a_merge_of_two_branches_alters_nothing_and_doubles_nothing(repository: Repository) -> None:
    (repository.folder / ".gitattributes").write_text("*.yaml merge=union\n")
    repository.commit(ARTICLE, day="2025-03-20", name="essay.yaml")
    repository.git("checkout", "-q", "-b", "other")
    repository.commit(ARTICLE + RESOLUTION, day="2026-03-21")
    repository.git("checkout", "-q", "main")
    repository.commit(
        SECOND.replace("  - id", "article: {id: b, title: B, published: 2025-03-19}\npredictions:\n  - id"),
        day="2025-03-20",
        name="b.yaml",
    )
    repository.git("merge", "-q", "--no-edit", "other", day="2026-03-22")
    found = repository.audit()
    assert sorted((finding.record, finding.kind) for finding in found) == [
        ("aid", "logged"),
        ("talks", "logged"),
    ]


def test_an_alteration_hidden_in_a_merge_is_named(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "other")
    repository.commit(ARTICLE + SECOND, day="2025-03-20")
    repository.git("checkout", "-q", "main")
    repository.commit(ARTICLE, day="2025-03-20", name="unused.txt")
    repository.git("merge", "-q", "--no-ff", "--no-commit", "other")
    repository.commit((ARTICLE + SECOND).replace("0.05, low", "0.5, low"), day="2025-03-22")
    assert [change.now for change in repository.changes()] == ["0.5"]


def test_a_merge_that_drops_what_the_other_side_brought_is_named(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "other")
    repository.commit(ARTICLE, day="2025-03-20", name="copy.txt")
    repository.git("checkout", "-q", "main")
    repository.commit(ARTICLE + RESOLUTION, day="2026-03-21")
    repository.git("checkout", "-q", "other")
    repository.git("merge", "-q", "-s", "ours", "--no-edit", "main", day="2026-03-22", author="Mallory")
    assert [(change.field, change.kind, change.by) for change in repository.changes()] == [
        ("resolutions[eve 2026-03-21]", "vanished", "Mallory")
    ]


@pytest.mark.parametrize(
    ("old", "new", "field", "was"),
    [
        ("    quote:", "    speaker: somebody\n    quote:", "speaker", "the-paper"),
        ("    quote:", "    made: 2025-03-10\n    quote:", "made", "2025-03-19"),
        ("    quote:", "    negated: yes\n    quote:", "", ""),
    ],
)
def test_a_value_that_others_take_their_own_from_is_told_once(
    repository: Repository, old: str, new: str, field: str, was: str
) -> None:
    repository.commit(ARTICLE.replace(old, new), day="2025-04-01")
    assert [(change.field, change.was) for change in repository.changes()] == (
        [(field, was)] if field else []
    )


def test_outside_git_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "predictions").mkdir()
    with pytest.raises(Refused, match="has no git history to audit"):
        audit(load(tmp_path / "predictions"), today=TODAY)


@pytest.mark.parametrize("revision", ["nonsense", "--output=x", "HEAD~99"])
def test_an_unknown_revision_is_refused(repository: Repository, revision: str) -> None:
    with pytest.raises(Refused, match="git knows no revision"):
        repository.audit(since=revision)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("basis: worded", "basis: possible", "forecasts[the-paper 2025-03-19].basis"),
        ("probability: 0, low", "probability: 0.5, low", "forecasts[the-paper 2025-03-19].probability"),
        ("    logged: 2025-03-20", "    logged: 2025-03-01", "logged"),
        ("status_quo: yes", "status_quo: no", "status_quo"),
        ('outcome: "no"', 'outcome: "yes"', "resolutions[eve 2026-03-21].outcome"),
    ],
)
def test_what_decides_a_score_is_watched(tmp_path: Path, old: str, new: str, field: str) -> None:
    text = ARTICLE.replace("    criteria", "    status_quo: yes\n    criteria").replace(
        "0.05, low: 0.05", "0, low: 0"
    )
    made = Repository(tmp_path / "desk")
    made.commit(text + RESOLUTION, day="2026-03-21")
    made.commit((text + RESOLUTION).replace(old, new), day="2026-04-01")
    assert [change.field for change in made.changes()] == [field]


def test_criteria_added_after_the_outcome_are_named(tmp_path: Path) -> None:
    made = Repository(tmp_path / "late")
    without = ARTICLE.replace("    criteria: Yes on a new drawdown.\n", "")
    made.commit(without)
    made.commit(without + RESOLUTION, day="2026-03-21")
    made.commit(ARTICLE + RESOLUTION, day="2026-03-22")
    assert [(finding.kind, finding.on) for finding in made.audit()] == [
        ("logged", date(2025, 3, 20)),
        ("late-criteria", date(2026, 3, 22)),
    ]


def test_a_forecast_that_joins_a_record_later_was_not_logged_with_it(repository: Repository) -> None:
    late = '      - {probability: 0.01, by: "desk", made: 2025-03-20, url: "https://x.example/m"}\n'
    repository.commit(ARTICLE + late, day="2026-06-01")
    told = [finding for finding in repository.audit() if finding.kind == "misdated"]
    assert [(finding.field, finding.was, finding.now) for finding in told] == [
        ("forecasts[desk 2025-03-20].logged", "2025-03-20", "2026-06-01")
    ]


def test_breaking_a_file_and_mending_it_with_other_values_hides_nothing(repository: Repository) -> None:
    repository.commit(ARTICLE.replace("claim: A", "claim: [A"), day="2025-04-01")
    assert repository.changes() == []
    repository.commit(ARTICLE.replace("0.05, low", "0.07, low"), day="2025-04-02")
    assert [(change.was, change.now) for change in repository.changes()] == [("0.05", "0.07")]


def test_a_record_that_came_back_altered_is_compared_with_what_it_said(repository: Repository) -> None:
    repository.commit(ARTICLE + SECOND, day="2025-03-20")
    repository.commit(ARTICLE, day="2025-04-01")
    repository.commit(ARTICLE + SECOND.replace("0.75", "0.95"), day="2025-04-02")
    assert [(change.kind, change.now) for change in repository.changes()] == [
        ("vanished", ""),
        ("altered", "0.95"),
    ]


def test_a_file_that_is_no_utf_8_is_read_as_far_as_it_goes(repository: Repository) -> None:
    (repository.root / "latin.yaml").write_bytes(ARTICLE.replace("essay", "essai-é").encode("latin-1"))
    repository.commit(ARTICLE, day="2025-03-20", name="other.txt")
    assert repository.changes() == []


ODD_SETTINGS = {
    "core.quotePath": "true",
    "log.showSignature": "true",
    "color.ui": "always",
    "log.follow": "true",
    "log.date": "relative",
    "i18n.logOutputEncoding": "latin1",
    "format.pretty": "oneline",
    "core.abbrev": "4",
    "log.showRoot": "false",
    "log.diffMerges": "first-parent",
    "diff.renames": "copies",
}


@pytest.mark.parametrize("inside", ["", "a desk/prédictions [1]"], ids=["at the top", "in a subfolder"])
def test_settings_and_names_of_folders_change_nothing(
    tmp_path: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Repository(tmp_path / "desk")
    made.root = made.folder / inside
    made.root.mkdir(parents=True, exist_ok=True)
    (made.root / "éssays").mkdir()
    made.commit(ARTICLE, name="éssays/one two.yaml", author="Ève\u2028\x85 Mallory")
    made.commit(ARTICLE.replace("0.05, low", "0.5, low"), name="éssays/one two.yaml", day="2025-04-01")
    for name, value in ODD_SETTINGS.items():
        made.git("config", name, value)
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    found = made.audit()
    assert [(finding.kind, finding.by) for finding in found] == [
        ("logged", "Ève\u2028\x85 Mallory"),
        ("altered", "Eve"),
    ]


def test_a_folder_of_another_owner_is_told_in_git_s_words(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a history; 'git init' would be the worst advice."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    with pytest.raises(Refused) as refused:
        repository.audit()
    assert "dubious ownership in repository" in str(refused.value)
    assert "git config --global --add safe.directory" in str(refused.value)
    assert "git init" not in str(refused.value)


def test_a_shallow_clone_is_no_history(repository: Repository, tmp_path: Path) -> None:
    repository.commit(ARTICLE + RESOLUTION, day="2026-03-21")
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", repository.folder.as_uri(), str(clone))
    with pytest.raises(Refused, match="git fetch --unshallow"):
        audit(load(clone / "predictions"), today=TODAY)


def test_a_ledger_in_a_submodule_has_the_history_of_the_submodule(
    repository: Repository, tmp_path: Path
) -> None:
    outer = Repository(tmp_path / "outer")
    outer.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repository.folder), "log"
    )
    found = audit(load(outer.folder / "log" / "predictions"), today=TODAY)
    assert [(finding.record, finding.kind) for finding in found] == [("aid", "logged")]
