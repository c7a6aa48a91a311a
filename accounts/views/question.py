"""The question asked where many codes were requested."""

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import question
from ..forms.phone import QuestionForm


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A sum in words; the right answer leads back to where the code is asked for."""
    after = get_next_redirect_url(request) or ""
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if question.answer(request, form.cleaned_data["answer"], at=timezone.now()):
            messages.success(request, _("答对了，请再点一次刚才的按钮。"))
            return HttpResponseRedirect(after or reverse(settings.LOGIN_URL))
        form = QuestionForm()
        messages.warning(request, _("答案不对，换一道题再试一次。"))
    return render(request, "accounts/question.html", {"form": form, "question": question.ask(request), "after": after})
