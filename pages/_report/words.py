"""What the form says."""

from __future__ import annotations

from typing import Final

from wangge.store import photos
from wangge.text import Text

WORDS: Final = {
    "what": Text("什么问题", "What is it?"),
    "how_grave": Text("轻重", "How grave?"),
    "unsure": Text("拿不准就选“一般”", "If in doubt: General"),
    "note": Text("补充（可不填）", "Note (optional)"),
    "note_example": Text("例：二楼拉线到楼下充电", "e.g. cable from floor 2 to an e-bike"),
    "camera": Text("拍照", "Camera"),
    "gallery": Text("选照片（可不选）", "Photo (optional)"),
    "photo_n": Text("第 {n} 张照片", "Photo {n}"),
    "remove_photo": Text("去掉第 {n} 张照片", "Remove photo {n}"),
    "too_many": Text("照片已够 {most} 张，其余没有加上。", "There are {most} photos; no more fit."),
    "photos_not_kept": Text(
        "手机存不下照片草稿：刷新页面后照片要重拍，文字都在。",
        "There is no room to keep the photos: after a reload take them again; the words are kept.",
    ),
    "here": Text("图钉所在处", "Where the pin is"),
    "no_place": Text("请在地图上点一下出事的地方。", "Tap the map where it is."),
    "how_place": Text(
        "点地图、点路灯楼栋，或用“定位”", "Tap the map, a lamp, a building, or Locate"
    ),
    "may_move": Text("点地图或拖图钉可改", "tap the map to change"),
    "accuracy": Text("定位误差约 {m} 米", "located within {m} m"),
    "only_place": Text("不是{name}，只报位置", "Not {name}: report the place only"),
    "aim": Text("改位置", "Move it"),
    "aimed": Text("好了", "Done"),
    "found": Text("接着上次没报完的填", "Going on with what was not finished"),
    "restart": Text("重新填", "Start anew"),
    "no_kind": Text("请选择是什么问题。", "Choose what it is."),
    "number": Text(
        "“{asks}”要填 {low} 到 {high} 之间的数。", "“{asks}”: give a number from {low} to {high}."
    ),
    "near": Text("附近已有 {n} 件同类未结", "{n} open nearby of the same kind"),
    "the_same": Text("就是这一件，补充说明", "It is this one: add to it"),
    "another": Text("不是，另报", "No, report another"),
    "decide": Text(
        "附近已有同类未结案件：请先看看是不是同一件。",
        "Something of the kind is open nearby: see first whether it is the same.",
    ),
    "send": Text("上报", "Report"),
    "sending": Text("正在上报…", "Reporting…"),
    "promise": Text(
        "没有网络也能存，联网后自动上报", "Works without a network: sent when it is back"
    ),
    "offline": Text(
        "现在没有网络：先存在本机，联网后自动上报",
        "No network now: kept here, sent when it is back",
    ),
    "done": Text("已上报", "Reported"),
    "added": Text("已补充到这一件", "Added to this case"),
    "with_photos": Text("附照片 {n} 张", "With {n} photos"),
    "look": Text("看这一件", "Open this case"),
    "again": Text("再报一件", "Report another"),
    "kept": Text("已存在本机，尚未上报", "Kept here, not reported yet"),
    "kept_how": Text(
        "联网后自动上报，不用再点。不联网也可以接着报下一件。",
        "It is sent when the network is back, with nothing to press. You can go on reporting.",
    ),
    "kept_bare": Text(
        "照片太大，本机存不下：联网前请不要关闭或刷新这一页，否则只报文字和位置。",
        "There is no room to keep its photos: until the network is back do not close or reload "
        "this page, or only words and place are reported.",
    ),
    "no_room": Text(
        "浏览器存储已满，没有收下。请先联网，等已存的上报发出后再报；填的内容都还在。",
        "The browser's store is full; it was not taken. Go where there is a network until what "
        "waits is sent, then report again; what you wrote is still here.",
    ),
    "unsent": Text(
        "还有 {n} 件没有上报出去，联网后自动上报（本机保留 {days} 天）",
        "{n} not reported yet: sent when there is a network (kept here {days} days)",
    ),
    "sent_later": Text("先前存下的已上报：{id}", "What was kept before is reported: {id}"),
    "mend": Text("改一改", "Mend it"),
    "forget": Text("不报了", "Drop it"),
    "elsewhere": Text(
        "这一件已在另一个窗口上报或清空。", "This was reported or cleared in another window."
    ),
    "dot": Text("・", " · "),
}
PHOTO_WORDS: Final = {
    "empty": photos.NOTHING,
    "heavy": photos.TOO_HEAVY,
    "wide": photos.TOO_WIDE,
    "heif": photos.HEIF,
    "broken": photos.BROKEN,
    "none": photos.NO_PHOTO,
}
