// A short list chosen from by typing: the whole name, its beginning, its initial consonants (ㅈㅊ), or the keys
// that were meant for them while the keyboard stood on Latin letters (wjdcl). On a phone the list stays the phone's own.
"use strict";
{
  // The keys of the standard Korean keyboard (KS X 5002) for what Unicode numbers in this order.
  const INITIALS = "r r s e e f a q q t t d w w c z x v g".split(" ");
  const VOWELS = "k o i o j p u p h hk ho hl y n nj np nl b m ml l".split(" ");
  const FINALS = ",r,r,rt,s,sw,sg,e,f,fr,fa,fq,ft,fx,fv,fg,a,q,qt,t,t,d,w,c,z,x,v,g".split(",");
  const SINGLE = "r r rt s sw sg e e f fr fa fq ft fx fv fg a q q qt t t d w w c z x v g".split(" ").concat(VOWELS);
  const SYLLABLE = 0xac00, LAST = 0xd7a3, JAMO = 0x3131;

  const initial = (code) => INITIALS[Math.floor(code / 588)];
  const keysOf = (sign) => {
    const code = sign.charCodeAt(0);
    if (code < SYLLABLE || code > LAST) return SINGLE[code - JAMO] ?? sign.toLowerCase();
    const at = code - SYLLABLE;
    return initial(at) + VOWELS[Math.floor((at % 588) / 28)] + FINALS[at % 28];
  };
  const keys = (words) => [...words].map(keysOf).join("");
  const initials = (words) => [...words].map((sign) => {
    const code = sign.charCodeAt(0);
    return code < SYLLABLE || code > LAST ? sign.toLowerCase() : initial(code - SYLLABLE);
  }).join("");

  // Tells whether a name, or a part of it, begins with what was typed.
  function fits(typed, name) {
    const sought = keys(typed.trim());
    return [name, ...name.split(/[›·\s]+/)].some((part) => [keys(part), initials(part)].some((form) => form.startsWith(sought)));
  }

  const matcher = ({ term }, choice) => (!term?.trim() || (choice.id && fits(term, choice.text)) ? choice : null);

  const $ = window.django?.jQuery;
  if ($?.fn.select2 && window.matchMedia("(hover: hover)").matches) {
    $("select[data-pick]").each((_place, select) => $(select).select2({ matcher }));
  }
}
