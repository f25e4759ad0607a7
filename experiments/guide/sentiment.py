"""A network that reads a phrase word by word and says whether it is a happy one: NumPy, columns, gradients written by hand.

Usage: python3 sentiment.py FILE.npz [right]     Without `right`, one statement of the backward pass is wrong.

It trains on the phrases of experiments/data/sentiment.json, one at a time, and saves its weights and what it computes on the
test phrases, for rnncompare migrate.
"""
import json
import pathlib
import sys

import numpy as np

data = json.loads((pathlib.Path(__file__).parent.parent / "data" / "sentiment.json").read_text())
words = sorted({word for phrase in data["train"] for word in phrase.split()})
train, test = ([([words.index(word) for word in phrase.split()], int(happy)) for phrase, happy in data[part].items()] for part in ("train", "test"))

H, rate, limit, is_right = 64, 2e-2, 1.0, sys.argv[2:] == ["right"]
rng = np.random.default_rng(3)
Wxh, Whh, Why = (rng.standard_normal(shape) / 1000 for shape in [(H, len(words)), (H, H), (2, H)])
bh, by = np.zeros((H, 1)), np.zeros((2, 1))
weights = [Wxh, Whh, Why, bh, by]


def forward(tokens):
    h = [np.zeros((H, 1))]
    for token in tokens:
        h.append(np.tanh(Wxh[:, [token]] + Whh @ h[-1] + bh))
    y = Why @ h[-1] + by
    return h, y


def loss_and_gradients(tokens, target):
    h, y = forward(tokens)
    p = np.exp(y) / np.exp(y).sum()
    gradients = [np.zeros_like(w) for w in weights]
    dWxh, dWhh, dWhy, dbh, dby = gradients
    dy = p.copy()
    dy[target] -= 1
    dWhy += dy @ h[-1].T
    dby += dy
    dh = Why.T @ dy
    for t in reversed(range(len(tokens))):
        dz = (1 - h[t + 1] ** 2) * dh
        dbh += dz
        dWhh += dz @ h[t].T
        dWxh[:, [tokens[t]]] += dz
        dh = (Whh.T if is_right else Whh) @ dz
    return -np.log(p[target, 0]), y, gradients


for epoch in range(1000):
    for i in rng.permutation(len(train)):
        for w, g in zip(weights, loss_and_gradients(*train[i])[2]):
            w -= rate * np.clip(g, -limit, limit)

# The test phrases as one batch: tokens (T, B), padded, with the length of each.
T, B = max(len(tokens) for tokens, _ in test), len(test)
x, results = np.zeros((T, B), np.int64), [loss_and_gradients(*phrase) for phrase in test]
for b, (tokens, _) in enumerate(test):
    x[: len(tokens), b] = tokens
targets, y = np.array([target for _, target in test]), np.hstack([y for _, y, _ in results])
print("accuracy on the test phrases:", (y.argmax(axis=0) == targets).mean())
np.savez(sys.argv[1], meta='{"convention": "karpathy", "cell": "rnn", "loss": "cross-entropy", "outputs": "last-step", "reduction": "sum"}',
         x=x, lengths=np.array([len(tokens) for tokens, _ in test]), targets=targets, y=y, loss=sum(loss for loss, _, _ in results),
         Wxh=Wxh, Whh=Whh, Why=Why, bh=bh, by=by,
         **{"d" + name: sum(gradients[k] for _, _, gradients in results) for k, name in enumerate(["Wxh", "Whh", "Why", "bh", "by"])})
