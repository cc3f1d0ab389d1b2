"""What a browser would send from a page of the desk, for tests of whole requests."""

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

ADD = "admin:articles_article_add"
CHANGE = "admin:articles_article_change"


def signed_in(user) -> Client:
    """Return a client that speaks English and is signed in as ``user``."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def fields_of(response, form: str = "form[id$=_form]") -> dict:
    """Return the fields of a page's form by name, with the values that stand in them; buttons and files left out."""
    page = BeautifulSoup(response.content, "html.parser").select_one(form)
    values: dict = {}
    for field in page.select("input, select, textarea"):
        name, kind = field.get("name"), field.get("type", "")
        if not name or field.has_attr("disabled") or kind in {"submit", "file", "button"}:
            continue
        if kind in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                values[name] = field.get("value", "on")
        elif field.name == "select":
            chosen = field.select_one("option[selected]")
            options = field.select("option")
            values[name] = chosen["value"] if chosen else options[0].get("value", "") if options else ""
        elif field.name == "textarea":
            values[name] = field.text.removeprefix("\n")
        else:
            values[name] = field.get("value", "")
    return values


def form_of(client: Client, article=None) -> dict:
    """Return what the form of a story (a new one without ``article``) holds when it is opened."""
    address = reverse(CHANGE, args=[article.pk]) if article else reverse(ADD)
    return fields_of(client.get(address))


def send(client: Client, article=None, *, verb: str = "", **changes):
    """Open the form of a story, change the fields and press Save or the button of ``verb``; return the answer."""
    values = form_of(client, article) | {name.replace("__", "-"): value for name, value in changes.items()}
    return post(client, values, article, verb=verb)


def post(client: Client, values: dict, article=None, *, verb: str = ""):
    """Send ``values`` as the form of a story."""
    address = reverse(CHANGE, args=[article.pk]) if article else reverse(ADD)
    button = {"_verb": verb} if verb else {"_save": "1"}
    return client.post(address, values | button)


def row(prefix: str, number: int, **values) -> dict:
    """Return the fields of one row, and the number of rows, as if it had been added by script."""
    values = {"order": number} | values
    return {f"{prefix}-{number}-{name}": value for name, value in values.items()} | {
        f"{prefix}-TOTAL_FORMS": str(number + 1)
    }


def messages_of(client: Client, response) -> str:
    """Return the messages of the page that an answer leads to."""
    page = client.get(response["Location"]) if response.status_code == 302 else response
    return BeautifulSoup(page.content, "html.parser").select_one(".messagelist").get_text(" ", strip=True)
