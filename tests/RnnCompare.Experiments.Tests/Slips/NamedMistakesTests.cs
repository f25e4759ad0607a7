using RnnCompare.Experiments.Check;
using RnnCompare.Experiments.Slips;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Tests.Slips;

/// <summary>Mistakes that have names, typed into programs that share nothing with what names them.</summary>
public class NamedMistakesTests
{
    // A program's sums after the way back, in its own words.
    private const string SentimentCall = "Backprop(label, inputs, states, probs, Whh, Why, dWxh, dWhh, dWhy, dbh, dby);";
    private const string SentimentRows = SentimentCall + "\nforeach (var row in dWxh.Concat(dWhh).Concat(dWhy).Append(dbh).Append(dby)) for (var k = 0; k < row.Length; k++) ";

    /// <summary>The name, the program, and the texts that read otherwise, each followed by what is typed.</summary>
    public static TheoryData<string, string, string[]> Mistakes => new()
    {
        { "activation-derivative-missing", "TanhRows", ["dh * (1 - h[t] * h[t])", "dh"] },
        { "activation-derivative-of-input", "CharacterColumns", ["(1 - h[t + 1][i] * h[t + 1][i])", "(1 - Math.Pow(Math.Tanh(h[t + 1][i]), 2))"] },
        { "activation-derivative-unsquared", "TanhRows", ["(1 - h[t] * h[t])", "(1 - h[t])"] },
        { "activation-other", "TanhRows", ["(1 - h[t] * h[t])", "h[t] * (1 - h[t])"] },
        { "activation-other", "ReluDeltas", ["hs[t][j] > 0 ? dh[t][j] : 0", "(1 - hs[t][j] * hs[t][j]) * dh[t][j]"] },
        { "bias-last-step-only", "TanhRows", ["dbhh += dz.SumRows()", "dbhh = t == T - 1 ? dz.SumRows() : dbhh"] },
        { "bias-one-element", "SentimentLast", ["Add(dbh, temp);", "Add(dbh, temp.Select(_ => temp[2]).ToArray());"] },
        { "bias-twice", "TanhRows", ["dbhh += dz.SumRows()", "dbhh += dz.SumRows() + dz.SumRows()"] },
        { "carried-state-discarded", "TanhRows", [" : h0)", " : 0 * h0)"] },
        { "carry-before-derivative", "TanhRows", ["dhNext = dz.Dot(Whh.T)", "dhNext = dh.Dot(Whh.T)"] },
        { "carry-not-rotated", "LstmJoined", ["dhNext = dz[..H];", "if (t == T - 1) { dhNext = dz[..H]; }"] },
        { "clipped-by-norm", "SentimentLast", [SentimentCall, "var norm = 0.0;\n" + SentimentRows + "norm += row[k] * row[k];\nforeach (var row in dWxh.Concat(dWhh).Concat(dWhy).Append(dbh).Append(dby)) for (var k = 0; k < row.Length; k++) row[k] *= 0.1 / Math.Sqrt(norm);"] },
        { "clipped-elementwise", "SentimentLast", [SentimentCall, SentimentRows + "row[k] = Math.Clamp(row[k], -0.1, 0.1);"] },
        { "delta-same-step", "TanhRows", ["var dh = dy.Dot(Who.T) + dhNext;", "var dh = dy.Dot(Who.T); if (t < T - 1) { dh = dh + (dh * (1 - h[t] * h[t])).Dot(Whh.T); }"] },
        { "first-step-skipped", "CharacterColumns", ["var t = T - 1; t >= 0; t--", "var t = T - 1; t > 0; t--"] },
        { "last-step-skipped", "CharacterColumns", ["var t = T - 1; t >= 0; t--", "var t = T - 2; t >= 0; t--"] },
        { "gate-derivative-missing", "LstmJoined", ["cPrev[j] * f[t][j] * (1 - f[t][j])", "cPrev[j] * f[t][j]"] },
        { "gate-derivative-missing", "GruGates", ["(n[t][i] - hPrev[i]) * z[t][i] * (1 - z[t][i])", "(n[t][i] - hPrev[i]) * z[t][i]"] },
        { "gate-derivative-missing", "GruBeforeColumns", ["drh * h[t] * r[t] * (1 - r[t])", "drh * h[t] * r[t]"] },
        { "gate-order-ifog", "LstmJoined", ["""["i", "f", "c", "o"]""", """["i", "f", "o", "c"]"""] },
        { "gate-order-igfo", "LstmJoined", ["""["i", "f", "c", "o"]""", """["i", "c", "f", "o"]"""] },
        { "gate-order-zrn", "GruGates", ["[.. parts.SelectMany(part => part)]", "[.. parts[1], .. parts[0], .. parts[2]]"] },
        { "gradient-overwritten", "TanhRows", ["dWxh +=", "dWxh =", "dWhh +=", "dWhh =", "dWho +=", "dWho =", "dbhh +=", "dbhh =", "dbho +=", "dbho ="] },
        { "gradient-transposed", "TanhRows", ["grads.dWhh.Array()", "grads.dWhh.T.Array()"] },
        { "gru-direct-path-missing", "GruTorchRows", ["dh * z + dgh.Dot(w_hh)", "dgh.Dot(w_hh)"] },
        { "gru-reset-after", "GruBeforeColumns", ["drh * h[t] * r[t] * (1 - r[t])", "an * Un.Dot(h[t]) * r[t] * (1 - r[t])", "an.Dot((r[t] * h[t]).T)", "(an * r[t]).Dot(h[t].T)", "drh * r[t] + Uz", "Un.T.Dot(an * r[t]) + Uz"] },
        { "gru-reset-before", "GruTorchRows", ["r * gh.Slice(2 * H, 3 * H)", "(r * h).Dot(w_hh.T).Slice(2 * H, 3 * H) + b_hh.Slice(2 * H, 3 * H)"] },
        { "gru-reset-path-missing", "GruTorchRows", ["dh * z + dgh.Dot(w_hh)", "dh * z + Matrix.Beside(0 * dr, dz, dn * r).Dot(w_hh)"] },
        { "gru-reset-path-missing", "GruBeforeColumns", [" + Ur.T.Dot(ar)", ""] },
        { "gru-update-inverted", "GruGates", ["-dh[i] * (n", "dh[i] * (n"] },
        { "gru-update-inverted", "GruTorchRows", ["dh * (1 - z) * (1 - n * n)", "dh * z * (1 - n * n)", "(before - n)", "(n - before)", "dh * z +", "dh * (1 - z) +"] },
        { "hidden-same-step", "TanhRows", ["(t > 0 ? h[t - 1] : h0).T", "h[t].T"] },
        { "hidden-same-step", "GruGates", ["dUn[i][j] += dm * hPrev[j]", "dUn[i][j] += dm * h[t][j]", "dUz[i][j] += dz * hPrev[j]", "dUz[i][j] += dz * h[t][j]", "dUr[i][j] += dr * hPrev[j]", "dUr[i][j] += dr * h[t][j]"] },
        { "layer-input-instead", "StackedTanh", ["I = random.Next(2, 4), H = random.Next(4, 6)", "I = 5, H = 5", "(l == 0 ? x[t] : h[0][t]).T", "x[t].T"] },
        { "normalised", "SentimentLast", [SentimentCall, SentimentCall + "\nforeach (var array in new[] { dWxh, dWhh, dWhy, new[] { dbh }, new[] { dby } }) { var norm = Math.Sqrt(array.Sum(row => row.Sum(v => v * v))); foreach (var row in array) for (var k = 0; k < row.Length; k++) row[k] /= norm; }"] },
        { "output-bias-missing", "TanhRows", ["dbho += dy.SumRows();", ""] },
        { "outputs-only-last-step", "TanhRows", ["- y[t]) / (T * B);", "- y[t]) / (T * B); if (t < T - 1) { dy = 0 * dy; }"] },
        { "running-sum-as-delta", "CharacterColumns", ["dWhh[i, j] += dz[i]", "dWhh[i, j] += dbh[i, 0]"] },
        { "scaled", "SentimentLast", [SentimentCall, SentimentRows + "row[k] *= -0.01;"] },
        { "scaled-by-batch", "TanhRows", ["- y[t]) / (T * B);", "- y[t]) / T;"] },
        { "scaled-by-two", "LstmStackedRows", ["(y[t] - target[t]) / (T * B)", "2 * (y[t] - target[t]) / (T * B)"] },
        { "softmax-jacobian-missing", "CharacterColumns", ["dy[targets[t]] -= 1;", ""] },
        { "softmax-over-batch", "StackedTanh", [".Dot(Who) + bho).Softmax();", ".Dot(Who) + bho).Map(Math.Exp); p[t] = p[t] / p[t].Sum();"] },
        { "squared-error-through-softmax", "LstmStackedRows", ["var dy = (y[t] - target[t])", "var dy = (y[t].Softmax() - target[t])"] },
        { "target-off-by-one", "CharacterColumns", ["dy[targets[t]] -= 1", "dy[targets[(t + 1) % T]] -= 1"] },
        { "targets-reversed", "CharacterColumns", ["dy[targets[t]] -= 1", "dy[targets[T - 1 - t]] -= 1"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_IsNamed(string id, string program, string[] typed)
    {
        var saved = SourceProgram.All.Single(candidate => candidate.Name == program).Run(seed: 11, typed.Chunk(2).Select(pair => (pair[0], pair[1])));
        Assert.NotNull(saved);
        var diagnosis = PrototypeCheck.Check(program, PrototypeReader.Read(saved)).Diagnosis;

        Assert.Contains(id, diagnosis.Faults.SelectMany(fault => fault.OneOf.Append(fault.Id)));
    }
}
