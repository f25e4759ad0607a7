using RnnCompare.Equations.Programs;
using RnnCompare.Models;

namespace RnnCompare.Equations.Tests.Derivation;

/// <summary>The derived backward passes are those that people write, letter by letter.</summary>
public class TextbookTests
{
    [Fact]
    public void Lstm_IsThatOfTheTextbook()
    {
        Assert.Equal(
            """
            dh = dhOut + dhNext
            dc = dcNext + dh ⊙ o ⊙ (1 − tanhc²)
            do = dh ⊙ tanhc ⊙ o ⊙ (1 − o)
            dg = dc ⊙ i ⊙ (1 − g²)
            df = dc ⊙ c[t-1] ⊙ f ⊙ (1 − f)
            di = dc ⊙ g ⊙ i ⊙ (1 − i)
            dWxi += diᵀ·x
            dWhi += diᵀ·h[t-1]
            dbi += Σ_b di
            dWxf += dfᵀ·x
            dWhf += dfᵀ·h[t-1]
            dbf += Σ_b df
            dWxg += dgᵀ·x
            dWhg += dgᵀ·h[t-1]
            dbg += Σ_b dg
            dWxo += doᵀ·x
            dWho += doᵀ·h[t-1]
            dbo += Σ_b do
            dx = di·Wxi + df·Wxf + dg·Wxg + do·Wxo
            dhNext[t-1] = di·Whi + df·Whf + dg·Whg + do·Who
            dcNext[t-1] = dc ⊙ f
            """,
            Lines(BuiltInCells.Named("lstm").Step));
    }

    [Fact]
    public void Gru_IsThatOfTheTextbook()
    {
        Assert.Equal(
            """
            dh = dhOut + dhNext
            dn = dh ⊙ (1 − z) ⊙ (1 − n²)
            dm = dn ⊙ r
            dz = dh ⊙ (h[t-1] − n) ⊙ z ⊙ (1 − z)
            dr = dn ⊙ m ⊙ r ⊙ (1 − r)
            dWxr += drᵀ·x
            dWhr += drᵀ·h[t-1]
            dbr += Σ_b dr
            dWxz += dzᵀ·x
            dWhz += dzᵀ·h[t-1]
            dbz += Σ_b dz
            dWhn += dmᵀ·h[t-1]
            dbhn += Σ_b dm
            dWxn += dnᵀ·x
            dbn += Σ_b dn
            dx = dr·Wxr + dz·Wxz + dn·Wxn
            dhNext[t-1] = dr·Whr + dz·Whz + dm·Whn + dh ⊙ z
            """,
            Lines(BuiltInCells.Named("gru").Step));
    }

    [Theory]
    [InlineData("tanh", "dz = dh ⊙ (1 − h²)")]
    [InlineData("relu", "dz = dh ⊙ step(h)")]
    public void Plain_IsThatOfTheTextbook(string cell, string dz)
    {
        Assert.Equal(
            $"""
            dh = dhOut + dhNext
            {dz}
            dWxh += dzᵀ·x
            dWhh += dzᵀ·h[t-1]
            dbh += Σ_b dz
            dx = dz·Wxh
            dhNext[t-1] = dz·Whh
            """,
            Lines(BuiltInCells.Named(cell).Step));
    }

    [Theory]
    [InlineData(LossKind.CrossEntropy, "dy = (p − target) ⊙ lossWeight")]
    [InlineData(LossKind.SquaredError, "dy = (y − target) ⊙ lossWeight")]
    public void ReadOut_IsThatOfTheTextbook(LossKind loss, string dy)
    {
        Assert.Equal(
            $"""
            {dy}
            dWhy += dyᵀ·h
            dby += Σ_b dy
            dhOut = dy·Why
            """,
            Lines(BuiltInCells.Named("lstm").LossProgram(loss)));
    }

    // Columns as in many public programs: every product the other way round.
    [Fact]
    public void Columns_StayColumns()
    {
        var cell = CellEquations.Parse("cell c\nstate h\nh' = tanh(Wxh·x + Whh·h + bh)\ny = Why·h' + by\n");
        Assert.Equal(
            """
            dh = dhOut + dhNext
            dz = dh ⊙ (1 − h²)
            dWxh += dz·xᵀ
            dWhh += dz·h[t-1]ᵀ
            dbh += Σ_b dz
            dx = Wxhᵀ·dz
            dhNext[t-1] = Whhᵀ·dz
            """,
            Lines(cell.Step));
        Assert.Equal("dWhy += dy·hᵀ", cell.LossProgram(LossKind.SquaredError)["dWhy"].ToString());
        Assert.Equal("dhOut = Whyᵀ·dy", cell.LossProgram(LossKind.SquaredError)["dhOut"].ToString());
    }

    [Theory]
    [InlineData("h' = tanh([h; x]·W + b)", "dhx = dz·Wᵀ", "dW += hxᵀ·dz", "dx = dhx[H:H+I]", "dhNext[t-1] = dhx[0:H]")]
    [InlineData("z, a = split(x·W + h·U + b)\nr = sigmoid(z)\nh' = r ⊙ tanh(a)", "dz = dh ⊙ tanha ⊙ r ⊙ (1 − r)", "dparts = [dz; da]", "da = dh ⊙ r ⊙ (1 − tanha²)")]
    [InlineData("h' = tanh(x·W + p ⊙ h)", "dp += Σ_b (dz ⊙ h[t-1])", "dhNext[t-1] = dz ⊙ p")]
    [InlineData("a = x·W + h·U\nm = mean(a)\nh' = tanh(a - m)", "dm = −sum(dz)", "da = dz + dm / H")]
    [InlineData("a = x·W + h·U\nh' = a / (1 + exp(-a))", "du = −dh ⊙ h ⊙ u / (1 + u)")]
    [InlineData("h' = (1 - h) ⊙ tanh(x·W) + h²", "dhNext[t-1] = dh ⊙ (2 ⊙ h[t-1] − u)")]
    public void Derivation_WritesWhatAPersonWrites(string equations, params string[] expected)
    {
        var cell = CellEquations.Parse($"cell c\nstate h\n{equations}\n");
        var lines = cell.Step.Backward.Select(statement => statement.ToString()).ToList();
        Assert.All(expected, line => Assert.Contains(line, lines));
    }

    private static string Lines(StepProgram program) => string.Join(Environment.NewLine, program.Backward);
}
