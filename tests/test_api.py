"""The public names: all there, and cheap."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import workbook_tools
from workbook_tools import errors
from workbook_tools.cli.samples import samples_folder

HEAVY = {"pandas", "numpy", "openpyxl", "xlsxwriter", "docx"}
OURS = {"click", "lxml", "msgspec", "yaml"} | HEAVY


def loaded_by(program: str) -> set[str]:
    """The names of the top-level modules that a program in a process of its own has loaded."""
    tail = "\nimport sys; print('LOADED', *{name.partition('.')[0] for name in sys.modules})"
    process = subprocess.run(
        [sys.executable, "-c", program + tail], capture_output=True, encoding="utf-8", check=False
    )
    assert process.returncode == 0, process.stderr
    return set(process.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize("name", workbook_tools.__all__)
def test_exported_name_resolves_is_documented_and_is_used_in_a_test(name: str) -> None:
    exported = getattr(workbook_tools, name)
    assert callable(exported)
    assert exported.__doc__
    assert name in dir(workbook_tools)
    assert re.search(rf"\b{name}\b", _everything_tested()), f"no test uses {name}"


@cache
def _everything_tested() -> str:
    tests = [path for path in Path(__file__).parent.rglob("*.py") if path != Path(__file__)]
    return "\n".join(path.read_text(encoding="utf-8") for path in tests)


def test_names_stand_where_they_are_said_to_be() -> None:
    homes = [(name, module) for module, names in workbook_tools._HOMES.items() for name in names]
    assert sorted(name for name, _ in homes) == workbook_tools.__all__
    for name, module in homes:
        assert name in vars(import_module(f"workbook_tools.{module}")), (name, module)


def test_reference_is_current() -> None:
    root = Path(__file__).parents[1]
    made = subprocess.run(
        [sys.executable, "docs/make_api.py"], cwd=root, capture_output=True, check=True
    )
    assert made.stdout.decode() == (root / "docs" / "api.md").read_text(encoding="utf-8")


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = workbook_tools.nothing


def test_names_survive_the_import_of_the_rooms() -> None:
    """A room with the name of a function would hide it as soon as it is imported."""
    program = "".join(
        f"import workbook_tools.{path.name}\n"
        for path in Path(str(workbook_tools.__file__)).parent.iterdir()
        if (path / "__init__.py").is_file()
    )
    checks = "import workbook_tools as w\nassert all(callable(getattr(w, n)) for n in w.__all__)"
    loaded_by(program + checks)


def test_import_is_cheap() -> None:
    assert not loaded_by("import workbook_tools") & OURS


def test_version_needs_click_alone() -> None:
    program = "from workbook_tools.cli import main\nimport sys\nsys.argv[1:] = ['--version']\n"
    assert loaded_by(f"{program}try: main()\nexcept SystemExit: pass") & OURS == {"click"}


def test_validate_path_loads_nothing_heavy(tmp_path: Path) -> None:
    sample = samples_folder() / "water-2020.xlsx"
    by_hand = f"""
import workbook_tools as wt
submission = wt.read_submission({str(sample)!r})
evaluation = wt.evaluate(submission)
findings = wt.check(submission, evaluation)
wt.annotate({str(sample)!r}, {str(tmp_path / "copy.xlsx")!r}, findings, evaluation)
wt.record(wt.assess({str(sample)!r}))
"""
    command = f"""
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from workbook_tools.cli import main
sys.argv[1:] = ["validate", {str(sample)!r}, "-o", {str(tmp_path / "out")!r}]
try: main()
except SystemExit: pass
"""
    assert not loaded_by(by_hand) & HEAVY
    assert not loaded_by(command) & HEAVY
    assert (tmp_path / "copy.xlsx").is_file()
    assert (tmp_path / "out" / "water-2020.xlsx").is_file()


def test_readme_example_works() -> None:
    submission = workbook_tools.read_submission(samples_folder() / "xiangtan-2020.xlsx")
    evaluation = workbook_tools.evaluate(submission)
    assert evaluation.results["budget_completion"].score == 4
    assert workbook_tools.check(submission, evaluation)


def test_tree_of_errors_is_the_one_that_is_drawn() -> None:
    for module in pkgutil.walk_packages(workbook_tools.__path__, "workbook_tools."):
        if not module.name.endswith(("__main__", "calc_session")):
            import_module(module.name)
    drawn = re.findall(r"[├└]── (\w+)(?:.*\((\w+)\))?", errors.__doc__ or "")
    found = {
        (one.__name__, *(base.__name__ for base in one.__bases__ if base.__module__ == "builtins"))
        for one in _below(errors.WorkbookToolsError)
    }
    assert {(name, *([base] if base else [])) for name, base in drawn} == found


def _below(error: type[Exception]) -> Iterator[type[Exception]]:
    for one in error.__subclasses__():
        yield one
        yield from _below(one)


def test_what_is_printed_of_a_large_object_is_a_line() -> None:
    """In a console the last value is printed: whose it is, not all that it holds."""
    clean, incomplete = (
        samples_folder() / f"{name}-2020.xlsx" for name in ("civil-affairs", "emergency")
    )
    submission = workbook_tools.read_submission(clean)
    unit = "<Submission 208001 示例县民政局（虚构）, <Standard hunan-county-2020 1.0>, "

    assert repr(submission) == f"{unit}{str(clean)!r}>"
    assert repr(workbook_tools.evaluate(submission)) == f"<Evaluation 98.61 优 of {submission!r}>"
    assessed = repr(workbook_tools.assess(incomplete))
    assert assessed.startswith("<Assessment <Evaluation 77.01～99.01 待定 of <Submission 306001 ")
    assert assessed.endswith(" error>")
    refused = workbook_tools.assess(Path(__file__))
    assert repr(refused) == f"<Assessment refused, {__file__!r}, findings: 1 error>"
