"""Where the SMS provider brings what people wrote back."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .. import replies
from ..replies import aliyun


@csrf_exempt
@login_not_required
@require_POST
def take(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the messages and say so; they are read afterwards. An address without the secret does not exist."""
    if not aliyun.is_ours(token):
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > aliyun.LARGEST_BODY:
        return JsonResponse({"code": 413, "msg": "too large"}, status=413)
    at = timezone.now()
    try:
        messages = aliyun.read(request.body, at=at)
    except aliyun.NotUnderstood:
        return JsonResponse({"code": 400, "msg": "no list of messages"}, status=400)
    for message in messages:
        replies.take(message, at=at)
    return JsonResponse({"code": 0, "msg": "接收成功"})
