"""A batched LSTM with everything in one matrix: the bias in its first row, then x, then h; gates i, f, o, g; dHout handed in."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(6)
n, b, input_size, d = 5, 3, 7, 4
WLSTM = rng.normal(size=(input_size + d + 1, 4 * d)) / np.sqrt(input_size + d)
WLSTM[0, :] = 0
WLSTM[0, d:2 * d] = 3
X, h0, c0 = rng.normal(size=(n, b, input_size)), rng.normal(size=(b, d)), rng.normal(size=(b, d))
Hin, Hout = np.zeros((n, b, WLSTM.shape[0])), np.zeros((n, b, d))
IFOG, IFOGf, C, Ct = np.zeros((n, b, 4 * d)), np.zeros((n, b, 4 * d)), np.zeros((n, b, d)), np.zeros((n, b, d))
for t in range(n):
    prevh = Hout[t - 1] if t > 0 else h0
    Hin[t, :, 0] = 1
    Hin[t, :, 1:1 + input_size] = X[t]
    Hin[t, :, 1 + input_size:] = prevh
    IFOG[t] = Hin[t].dot(WLSTM)
    IFOGf[t, :, :3 * d] = 1.0 / (1.0 + np.exp(-IFOG[t, :, :3 * d]))
    IFOGf[t, :, 3 * d:] = np.tanh(IFOG[t, :, 3 * d:])
    prevc = C[t - 1] if t > 0 else c0
    C[t] = IFOGf[t, :, :d] * IFOGf[t, :, 3 * d:] + IFOGf[t, :, d:2 * d] * prevc
    Ct[t] = np.tanh(C[t])
    Hout[t] = IFOGf[t, :, 2 * d:3 * d] * Ct[t]

dHout = rng.normal(size=Hout.shape)
dHout_in = dHout.copy()
dIFOG, dWLSTM, dX, dC = np.zeros(IFOG.shape), np.zeros(WLSTM.shape), np.zeros(X.shape), np.zeros(C.shape)
dh0, dc0 = np.zeros((b, d)), np.zeros((b, d))
for t in reversed(range(n)):
    i, f, o, g = IFOGf[t, :, :d], IFOGf[t, :, d:2 * d], IFOGf[t, :, 2 * d:3 * d], IFOGf[t, :, 3 * d:]
    do = Ct[t] * dHout[t]
    dC[t] += (1 - Ct[t] ** 2) * (o * dHout[t])
    df = dC[t] * (C[t - 1] if t > 0 else c0)
    if t > 0:
        dC[t - 1] += f * dC[t]
    else:
        dc0 = f * dC[t]
    di, dg = dC[t] * g, dC[t] * i
    dIFOG[t] = np.hstack([i * (1 - i) * di, f * (1 - f) * df, o * (1 - o) * do, (dg if slip == "candidate_slope" else (1 - g ** 2) * dg)])
    dWLSTM += Hin[t].T.dot(dIFOG[t])
    dHin = dIFOG[t].dot(WLSTM.T)
    dX[t] = dHin[:, 1:1 + input_size]
    if t > 0:
        dHout[t - 1] += dHin[:, 1 + input_size:]
    else:
        dh0 = dHin[:, 1 + input_size:]
np.savez(sys.argv[1], X=X, WLSTM=WLSTM, h0=h0, c0=c0, Hout=Hout, dHout=dHout_in, dX=dX, dWLSTM=dWLSTM, dh0=dh0, dc0=dc0)
