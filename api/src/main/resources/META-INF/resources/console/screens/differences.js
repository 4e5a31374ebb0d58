// Which characters two texts share, in order (longest common subsequence).

/** Both texts as runs of {text, same}; null for a text that is missing. */
export function differences(one, other) {
  if (one === null || other === null) {
    return [whole(one), whole(other)];
  }
  const [left, right] = [[...one], [...other]];
  const lengths = table(left, right);
  const kept = { left: new Set(), right: new Set() };
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) {
      kept.left.add(i++);
      kept.right.add(j++);
    } else if (lengths[i + 1][j] >= lengths[i][j + 1]) {
      i++;
    } else {
      j++;
    }
  }
  return [runs(left, kept.left), runs(right, kept.right)];
}

const whole = (text) => (text === null ? null : [{ text, same: true }]);

function table(left, right) {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i][j] = left[i] === right[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

function runs(characters, kept) {
  const parts = [];
  characters.forEach((character, at) => {
    const same = kept.has(at);
    if (parts.at(-1)?.same === same) {
      parts.at(-1).text += character;
    } else {
      parts.push({ text: character, same });
    }
  });
  return parts;
}
