// Uploaded videos in the text: a figure that names a video and holds the caption it has in this story.
import { Node, crel } from "django-prose-editor/editor"
import { blockAt } from "desk/editor-blocks"
import { figureView } from "desk/editor-figures"
import { chooseVideo, videoOf } from "desk/editor-videos"

const KEY = /^0*([1-9]\d{0,17})$/

function videoFace() {
  const title = crel("strong")
  const facts = crel("span")
  const dom = crel("div", { className: "figure-face figure-face--video" })
  let known = null
  let id = null

  function show(video) {
    known = video
    title.textContent = video?.title ?? interpolate(gettext("Video %s"), [id])
    facts.textContent = video ? `${gettext("Video")} ${video.clock}` : ""
    const poster = video?.poster ? [crel("img", { src: video.poster, alt: "" })] : []
    dom.replaceChildren(...poster, title, facts)
    face.changed?.()
  }

  const face = {
    dom,
    update({ attrs }) {
      if (attrs.id === id) return
      id = attrs.id
      show(null)
      videoOf(id).then((video) => { if (video && String(video.id) === id) show(video) })
    },
    hint: () => known?.caption || gettext("Caption of the video"),
  }
  return face
}

export const Video = Node.create({
  name: "video",
  group: "top",
  content: "text*",
  isolating: true,
  defining: true,
  addAttributes: () => ({
    id: { default: null, parseHTML: (figure) => KEY.exec(figure.dataset.video)?.[1], renderHTML: ({ id }) => ({ "data-video": id }) },
  }),
  parseHTML: () => [{
    tag: "figure[data-video]",
    getAttrs: (figure) => (KEY.test(figure.dataset.video) ? null : false),
    contentElement: (figure) => figure.querySelector("figcaption") ?? document.createElement("figcaption"),
  }],
  renderHTML: ({ node, HTMLAttributes }) => ["figure", HTMLAttributes, ...(node.childCount ? [["figcaption", 0]] : [])],
  addNodeView: () => (given) => {
    const face = videoFace()
    const view = figureView(given, face)
    face.changed = view.refresh
    return view
  },
  addCommands: () => ({
    // Behind the block with the caret, or in the place of an empty paragraph; the caret goes into its caption.
    insertVideo: (id) => ({ state, chain }) => {
      const here = blockAt(state)
      const end = here ? here.from + here.node.nodeSize : state.selection.from
      const isEmpty = here?.node.type.name === "paragraph" && !here.node.childCount
      const from = isEmpty ? here.from : end
      return chain().insertContentAt({ from, to: end }, { type: "video", attrs: { id: String(id) } }).setTextSelection(from + 1).run()
    },
  }),
})

export function askForVideo(editor) {
  chooseVideo().then((video) => {
    if (video) editor.chain().insertVideo(video.id).focus().scrollIntoView().run()
    else editor.view.focus()
  })
}
