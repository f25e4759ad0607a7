using RnnCompare.Checking.Diagnosis;
using RnnCompare.Experiments.Check;
using RnnCompare.Experiments.Slips;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Tests.Slips;

/// <summary>Slips without a name of their own, typed into programs that share nothing with what explains them.</summary>
public class EditTests
{
    /// <summary>The program, what is typed otherwise, and the statement that is told as the program's own.</summary>
    public static TheoryData<string, string, string, string> Slips => new()
    {
        { "LstmStackedRows", "dc * c[t] * f", "dc * c[t + 1] * f", "df = dc ⊙ c ⊙ f ⊙ (1 − f)" },
        { "LstmStackedRows", "dc * g * i * (1 - i)", "dc * g * i * (1 + i)", "di = dc ⊙ g ⊙ i ⊙ (1 + i)" },
        { "LstmStackedRows", "dh * o * (1 - tanhC * tanhC)", "dh * o * (1 - tanhC)", "dc = dcNext + dh ⊙ o ⊙ (1 − tanhc)" },
        { "LstmStackedRows", "dcNext = dc * f", "dcNext = dc * o", "dcNext[t-1] = dc ⊙ o" },
        { "GruTorchRows", "dn * hn * r * (1 - r)", "dn * hn * r * (1 - z)", "dr = dn ⊙ m ⊙ r ⊙ (1 − z)" },
        { "GruTorchRows", "dh * z + dgh.Dot(w_hh)", "dh * z - dgh.Dot(w_hh)", "dhNext[t-1] = −dr·Whr − dz·Whz − dm·Whn + dh ⊙ z" },
        { "TanhRows", "dWhh += (t > 0 ? h[t - 1] : h0).T.Dot(dz)", "dWhh -= (t > 0 ? h[t - 1] : h0).T.Dot(dz)", "dWhh += −dzᵀ·h[t-1]" },
        { "CharacterColumns", "dh[j] += Why[k, j] * dy[k]", "dh[j] = Why[k, j] * dy[k]", "dhOut = dy[j = n]·Why" },
        { "ReluDeltas", "hs[t][j] > 0 ?", "hs[t][j] > 1 ?", "dz = dh ⊙ step(h − 1)" },
        { "LstmStackedRows", "(1 - tanhC * tanhC)", "(1 - dhNext * tanhC)", "dc = dcNext + dh ⊙ o ⊙ (1 − dhNext ⊙ tanhc)" },
        { "LstmJoined", "f[t][j] * (1 - f[t][j])", "f[t][j] * (1 - f[t][O])", "df = dc ⊙ c[t-1] ⊙ f ⊙ (1 − f[j ← 4])" },
        { "LstmJoined", "db[\"c\"][j] += dcBar[j]", "db[\"f\"][j] += dcBar[j]", "dbg += 0; dbf += Σ_b df + Σ_b dg" },
        { "GruBeforeJoined", "+ dh[j] * h[t, b, j])", "+ dh[t] * h[t, b, j])", "dz = h[t-1] ⊙ dh[j ← t] ⊙ z ⊙ (1 − z) − n ⊙ dh ⊙ z ⊙ (1 − z)" },
        { "GruBeforeJoined", "dhPrev[j] += drh[j] * r[t, b, j]", "dhPrev[j] = drh[j] * r[t, b, j]", "dhNext[t-1] = dr·Whr[i ≥ j] + dm ⊙ r" },
        { "GruBeforeJoined", "dz * h[t, b, k]", "dz * h[t, b, j]", "dWhz += (dz ⊙ h[t-1])ᵀ·1" },
        { "GruTorchRows", "dgi = Matrix.Beside(dr, dz, dn)", "dgi = -Matrix.Beside(dr, dz, dn)", "dWxr += −drᵀ·x; dbr += −Σ_b dr; dWxz += −dzᵀ·x; dbz += −Σ_b dz; dWxn += −dnᵀ·x; dbn += −Σ_b dn" },
        { "SentimentLast", "AddOuter(dWhh, temp, states[t])", "AddOuter(dWhh, temp, states[n])", "dWhh += dzᵀ·h[t-1][t ← 5]" },
        { "ReluFlat", "dwx[i * I + k] += dz[b * H + i] * x[(t * B + b) * I + k]", "dwx[i * I + k] += dz[b * H + i] * x[(b * B + t) * I + k]", "dWxh += dzᵀ·x[t ← of row b·B + t, b ← of row b·B + t]" },
        { "StackedTanh", "carry = dz.Dot(Whh[l].T)", "carry = dz.Dot(dWhh[l].T)", "dhNext[t-1] = dz·dWhh" },
        { "StackedTanh", "for (var l = 1; l >= 0; l--)", "for (var l = 1 - 1; l >= 0; l--)", "dWxh += 0; dWhh += 0; dbh += 0; dx = dhOut; dhNext[t-1] = 0" },
        { "PeepholeLstm", "t >= 0; t--", "t >= 1; t--", "dWhy += dy[t > 1]ᵀ·h; dby += Σ_b dy[t > 1]; dWxi += x[t > 1]ᵀ·di; dWhi += h[t-1][t > 1]ᵀ·di; dpi += Σ_b (di ⊙ c[t-1])[t > 1]; and 15 more alike" },
        { "MinimalGatedUnit", "dWn[k][j] += f[t][k] * h[t][k] * dn[j]", "dWn[k][j] += f[t][k] * dn[j]", "dWn += [f; x]ᵀ·dn" },
        { "MinimalGatedUnit", "dWn[k][j] += f[t][k] * h[t][k] * dn[j]", "dWn[k][j] = f[t][k] * h[t][k] * dn[j]", "dWn += [0; x]ᵀ·dn + [m; 0][t = 1]ᵀ·dn" },
        { "BidirectionalTanh", "        }\n\n        dh = new Matrix(B, H);", "        }\n\n        dh += new Matrix(B, H);", "dhNext goes on from one layer or direction into the next" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void Slip_IsToldAsTheStatementThatWasTyped(string program, string text, string typed, string wrong)
    {
        var diagnosis = Diagnose(program, (text, typed));

        var fault = Assert.Single(diagnosis.Faults);
        Assert.True(fault.Id == NamedFault.Edit, $"{typed} is named {fault.Id}");
        Assert.Contains(wrong, fault.OneOf.Prepend(fault.Wrong));
        Assert.True(fault.Residual <= 16, $"{typed} leaves {fault.Residual}");
    }

    [Fact]
    public void TwoSlips_AreToldTogether()
    {
        var diagnosis = Diagnose("LstmStackedRows", ("dc * g * i * (1 - i)", "dc * g * (1 - i)"), ("dbh += da.SumRows()", "dbh = da.SumRows()"));

        Assert.Equal([NamedFault.Edit, NamedFault.Edit], diagnosis.Faults.Select(fault => fault.Id));
        Assert.Contains(diagnosis.Faults, fault => fault.Wrong == "di = dc ⊙ g ⊙ (1 − i)");
        Assert.Contains(diagnosis.Faults, fault => fault.Parameters[NamedFault.StatementKey].Contains("dbi", StringComparison.Ordinal));
        Assert.Contains("2 slips together reproduce the numbers", DiagnosisText.Verdict("it", diagnosis), StringComparison.Ordinal);
    }

    [Fact]
    public void TwoSlips_OfWhichNeitherShowsAlone_AreToldTogether()
    {
        var diagnosis = Diagnose("TanhRows", ("(1 - h[t] * h[t])", "(1 - h[t])"), ("dz.Dot(Whh.T)", "-dz.Dot(Whh.T)"));

        Assert.Equal(2, diagnosis.Faults.Count);
    }

    /// <summary>The program, what is typed otherwise in its forward pass and in its backward pass, and the statements that are told as its own.</summary>
    public static TheoryData<string, string, string, string, string, string[]> ForwardSlips => new()
    {
        { "LstmStackedRows", "f * c[t] + i * g", "f * c[t] - i * g", "", "", ["c = f ⊙ c[t-1] − i ⊙ g"] },
        { "LstmStackedRows", "f * c[t] + i * g", "f * c[t] + g", "dcNext = dc * f", "dcNext = dc * o", ["c = f ⊙ c[t-1] + g", "dcNext[t-1] = dc ⊙ o"] },
        { "GruGates", "z[t][i] * prev[i]", "z[t][i] * r[t][i]", "", "", ["h = (1 − z) ⊙ n + z ⊙ r"] },
        { "PeepholeLstm", "c[t] * pf", "c[t] * pi", "", "", ["f = sigmoid(x·Wxf + h[t-1]·Whf + pi ⊙ c[t-1] + bf)"] },
    };

    [Theory]
    [MemberData(nameof(ForwardSlips))]
    public void SlipInTheForwardPass_IsToldBeforeWhatIsWrongBehindIt(string program, string text, string typed, string behind, string typedBehind, string[] wrong)
    {
        (string, string)[] changes = behind.Length == 0 ? [(text, typed)] : [(text, typed), (behind, typedBehind)];
        var diagnosis = Diagnose(program, changes);

        Assert.Equal(wrong.Length, diagnosis.Faults.Count);
        Assert.All(diagnosis.Faults.Zip(wrong), pair => Assert.Contains(pair.Second, pair.First.OneOf.Prepend(pair.First.Wrong)));
        Assert.Equal(FaultStage.Forward, diagnosis.Faults[0].Stage);
    }

    [Fact]
    public void ForwardPassThatIsExplained_IsToldWhereTheGradientsAreNot()
    {
        var diagnosis = Diagnose("TanhRows", seed: 1, ("h0).Dot(Whh) + bhh", "h0).Dot(Whh) - bhh"), ("dh * (1 - h[t] * h[t])", "dh * (1 - h[t] * h[t]) * h[t] * h[t] * h[t]"));

        Assert.Empty(diagnosis.Faults);
        Assert.Contains(diagnosis.Observations, line => line.StartsWith("dz is wrong at the last step already", StringComparison.Ordinal));
        Assert.Contains(diagnosis.Observations, line => line.Contains("forward pass by itself is explained: yours ", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatNoEditReproduces_IsPlacedByTheDeltasThatTheGradientsDetermine()
    {
        // As few rows as there are values in [x h 1]: seed 1 draws T = 3, B = 2, I = 3, H = 7.
        var first = Diagnose("TanhRows", seed: 1, ("dh * (1 - h[t] * h[t])", "dh * (1 - h[t] * h[t]) * h[t] * h[t] * h[t]"));
        var carried = Diagnose("TanhRows", seed: 1, ("dz.Dot(Whh.T)", "dz.Dot(Whh.T) * h[t] * h[t] * h[t]"));

        Assert.Empty(first.Faults);
        Assert.Contains(first.Observations, line => line.StartsWith("dz is wrong at the last step already", StringComparison.Ordinal) && line.Contains("dz = dh ⊙ (1 − h²)", StringComparison.Ordinal));
        Assert.Empty(carried.Faults);
        Assert.Contains(carried.Observations, line => line.Contains("right at the last step and wrong before it", StringComparison.Ordinal) && line.Contains("dhNext[t-1] = dz·Whh", StringComparison.Ordinal));
    }

    // 28 % were explained before statements were edited; what this asks for leaves room for a slip that no edit is.
    [Fact]
    public void MostRandomSlips_AreExplained()
    {
        var outcomes = SlipBenchmark.Run(6, slips: 1, firstSeed: 61, cancellation: TestContext.Current.CancellationToken);

        Assert.All(outcomes, outcome => Assert.True(outcome.Detected, outcome.Case));
        var unexplained = outcomes.Where(outcome => !outcome.Explained).Select(outcome => outcome.Case).ToArray();
        Assert.True(unexplained.Length <= 2, string.Join("\n", unexplained));
    }

    private static DiagnosisResult Diagnose(string program, params (string Text, string Typed)[] changes) => Diagnose(program, seed: 11, changes);

    private static DiagnosisResult Diagnose(string program, int seed, params (string Text, string Typed)[] changes)
    {
        var written = SourceProgram.All.Single(other => other.Name == program);
        var saved = written.Run(seed, changes);
        Assert.NotNull(saved);
        return PrototypeCheck.Check(program, written.Read(saved)).Diagnosis;
    }
}
