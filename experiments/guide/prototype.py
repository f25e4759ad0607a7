"""A small recurrent network in NumPy, with gradients written by hand, that saves what rnncompare check reads.

Usage: python3 prototype.py FILE.npz [right]     Without `right`, one statement of the backward pass is wrong.
"""
import sys

import numpy as np

T, B, I, H, O = 6, 3, 4, 7, 5  # steps, batch, input, hidden and output size
rng = np.random.default_rng(1)
x, h0 = rng.standard_normal((T, B, I)), rng.standard_normal((B, H))
targets = rng.integers(0, O, (T, B))
Wxh, Whh, Who = (rng.standard_normal(shape) * 0.3 for shape in [(I, H), (H, H), (H, O)])
bhh, bho = rng.standard_normal((1, H)) * 0.1, rng.standard_normal((1, O)) * 0.1

# Forward: softmax cross-entropy at every step, summed.
h, p, loss, last = np.zeros((T, B, H)), np.zeros((T, B, O)), 0.0, h0
for t in range(T):
    last = h[t] = np.tanh(x[t] @ Wxh + last @ Whh + bhh)
    e = np.exp(h[t] @ Who + bho)
    p[t] = e / e.sum(axis=1, keepdims=True)
    loss -= np.log(p[t][np.arange(B), targets[t]]).sum()

# Backward through time.
dWxh, dWhh, dWho, dbhh, dbho = (np.zeros_like(w) for w in (Wxh, Whh, Who, bhh, bho))
dh_next = np.zeros((B, H))
for t in reversed(range(T)):
    dy = p[t].copy()
    dy[np.arange(B), targets[t]] -= 1
    dWho += h[t].T @ dy
    dbho += dy.sum(axis=0, keepdims=True)
    dz = (dy @ Who.T + dh_next) * (1 - h[t] ** 2)
    dWxh += x[t].T @ dz
    dWhh += (h[t - 1] if t > 0 else h0).T @ dz
    dbhh += dz.sum(axis=0, keepdims=True)
    dh_next = dz @ (Whh.T if sys.argv[2:] == ["right"] else Whh)

np.savez(sys.argv[1], meta='{"loss": "cross-entropy", "outputs": "every-step", "reduction": "sum"}',
         x=x, targets=targets, h0=h0, Wxh=Wxh, Whh=Whh, Who=Who, bhh=bhh, bho=bho,
         loss=loss, h=h, p=p, dWxh=dWxh, dWhh=dWhh, dWho=dWho, dbhh=dbhh, dbho=dbho)
