"""A character model on one sequence of columns: tokens in, tokens out, clipped gradients."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
np.random.seed(3)
data = "hello world, hello"
chars = sorted(set(data))
char_to_ix = {ch: i for i, ch in enumerate(chars)}
hidden_size, seq_length, vocab_size = 6, 7, len(chars)
Wxh = np.random.randn(hidden_size, vocab_size) * 0.3
Whh = np.random.randn(hidden_size, hidden_size) * 0.3
Why = np.random.randn(vocab_size, hidden_size) * 0.3
bh, by = np.zeros((hidden_size, 1)), np.zeros((vocab_size, 1))


def loss_fun(inputs, targets, hprev):
    xs, hs, ys, ps = {}, {-1: np.copy(hprev)}, {}, {}
    loss = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((vocab_size, 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(Wxh @ xs[t] + Whh @ hs[t - 1] + bh)
        ys[t] = Why @ hs[t] + by
        ps[t] = np.exp(ys[t]) / np.sum(np.exp(ys[t]))
        loss += -np.log(ps[t][targets[t], 0])
    dWxh, dWhh, dWhy, dbh, dby = (np.zeros_like(w) for w in (Wxh, Whh, Why, bh, by))
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(inputs))):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dWhy += dy @ hs[t].T
        dby += dy
        dh = Why.T @ dy + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dh
        dbh += dhraw
        dWxh += dhraw @ xs[t].T
        dWhh += dhraw @ (hs[t] if slip == "own_state" else hs[t - 1]).T
        dhnext = Whh.T @ dhraw
    for dparam in (dWxh, dWhh, dWhy, dbh, dby):
        np.clip(dparam, -5, 5, out=dparam)
    states, out = np.array([hs[t] for t in range(len(inputs))]), np.array([ps[t] for t in range(len(inputs))])
    return loss, states, out, dWxh, dWhh, dWhy, dbh, dby


inputs = [char_to_ix[ch] for ch in data[:seq_length]]
targets = [char_to_ix[ch] for ch in data[1:seq_length + 1]]
hprev = np.random.randn(hidden_size, 1) * 0.5
loss, hs, ps, dWxh, dWhh, dWhy, dbh, dby = loss_fun(inputs, targets, hprev)
np.savez(sys.argv[1], inputs=inputs, targets=targets, hprev=hprev, Wxh=Wxh, Whh=Whh, Why=Why, bh=bh, by=by,
         loss=loss, hs=hs, ps=ps, dWxh=dWxh, dWhh=dWhh, dWhy=dWhy, dbh=dbh, dby=dby)
