using RnnCompare.Cells;
using RnnCompare.Equations.Language;
using RnnCompare.Models;
using RnnCompare.Models.Initialization;

namespace RnnCompare.Equations.Tests.Language;

public class LanguageTests
{
    [Fact]
    public void PlainLetters_ReadAsTheSigns()
    {
        var signs = CellEquations.Parse("cell c\nstate h\nr = σ(x·Wxrᵀ + h·Whr + br)\nn = tanh(x·W − (r ⊙ h)·Whn)²\nh' = (1 − r) ⊙ n\n");
        var letters = CellEquations.Parse("cell c\nstate h\nr = sigmoid(x @ Wxr.T + h[t-1] @ Whr + br)\nn = tanh(x @ W - (r * h) @ Whn) ^ 2\nh[t] = (1 - r) * n\n");
        Assert.Equal(signs.Step.Forward, letters.Step.Forward);
        Assert.Equal(signs.Step.Backward, letters.Step.Backward);
    }

    [Fact]
    public void PrintedEquations_ReadAgain()
    {
        foreach (var name in BuiltInCells.Names)
        {
            var cell = BuiltInCells.Named(name);
            var states = string.Join(", ", cell.States.Select(state => state.Name));
            var lines = cell.Step.Forward.Select(statement => cell.States.Any(state => state.Name == statement.Name) ? statement.ToString().Replace(statement.Name + " =", statement.Name + "' =", StringComparison.Ordinal) : statement.ToString());
            var text = $"cell c\nstate {states}\n{string.Join('\n', lines)}\n".Replace("tanh(c)", "tanh(c')", StringComparison.Ordinal).Replace("sigmoid(c)", "sigmoid(c')", StringComparison.Ordinal);
            Assert.Equal(cell.Step.Backward, CellEquations.Parse(text).Step.Backward);
        }
    }

    [Fact]
    public void ALine_GoesOnInParenthesesAndAfterASign()
    {
        var cell = CellEquations.Parse("cell c # whose\nstate h\nh' = tanh(x·W +\n          h·U +   # the recurrence\n          b)\n\n");
        Assert.Equal("z = x·W + h[t-1]·U + b", cell.Step.Forward[0].ToString());
        Assert.Equal("whose", cell.Source);
    }

    // What stands inside of a state's function is named before the function's argument, and has another name.
    [Fact]
    public void NamesThatAreAdded_AreApart()
    {
        var cell = CellEquations.Parse("cell c\nstate h\nz = x·V\na = sigmoid(z)\nh' = tanh([a; h]·W)\n");
        Assert.Equal(["z", "a", "ah", "ah2", "h"], cell.Step.Forward.Select(statement => statement.Name));
        Assert.Equal(["V (I, H)", "W (2H, H)"], cell.Weights.Select(weight => $"{weight.Name} {weight.Shape}"));
        Assert.Equal(["V (I, H)", "W (2H, H)"], CellEquations.Parse("cell c\nstate h\nh' = tanh([x·V; h]·W)\n").Weights.OrderBy(weight => weight.Name).Select(weight => $"{weight.Name} {weight.Shape}"));
    }

    [Fact]
    public void Lengths_FollowFromTheEquations()
    {
        var cell = CellEquations.Parse("cell c\nsize P = H/2\nstate r (P), c (H)\nweight a ()\nf = sigmoid([r; x]·Wf + pf ⊙ c)\nc' = f ⊙ c + a ⊙ tanh(Wg·x)\nr' = c'·Wp\n");
        Assert.Equal(
            ["a a number", "Wf (I+P, H)", "pf (H)", "Wg (H, I)", "Wp (H, P)"],
            cell.Weights.Select(weight => $"{weight.Name} {weight.Shape}"));
        Assert.Equal(3, cell.LettersFor(4, 7)["P"]);
    }

    [Fact]
    public void ASplit_IsOfEqualPartsUnlessTheirUseSaysOtherwise()
    {
        var equal = CellEquations.Parse("cell c\nstate h\na, b = split(x·W)\nh' = tanh(a) ⊙ b\n");
        Assert.Equal("(I, 2H)", equal.Weights[0].Shape.ToString());
        var unequal = CellEquations.Parse("cell c\nsize P = H/3\nstate h (H), p (P)\na, b = split(x·W)\nh' = tanh(a)\np' = b\n");
        Assert.Equal("(I, H+P)", unequal.Weights[0].Shape.ToString());
    }

    [Theory]
    [InlineData("h' = tanh(x·W + h·U", "3:20: the end of the text stands here, but ')' after the argument of tanh is expected.")]
    [InlineData("h' = tanh(x W)", "3:13: 'W' stands here, but ')' after the argument of tanh is expected.")]
    [InlineData("h' = tnah(x·W)", "3:6: Unknown function 'tnah'; known: sigmoid, tanh,")]
    [InlineData("h' = r ⊙ h·W", "3:8: '·' and '⊙' stand in one term: put parentheses, (a ⊙ b)·W or a ⊙ (b·W).")]
    [InlineData("r = sigmoid(x·W)\nh' = r + z·U ⊙ h", "4:14: '·' and '⊙' stand in one term")]
    [InlineData("h = tanh(x·W)", "3:1: 'h' is a state: its new value is written h'.")]
    [InlineData("r' = tanh(x·W)\nh' = r", "3:1: 'r' has a prime, but it is not a state: a line 'state r' declares it.")]
    [InlineData("r = x·W\nr = x·U\nh' = r", "4:1: 'r' is defined already.")]
    [InlineData("h' = tanh(x·W)\nh' = tanh(x·U)", "4:1: h' has two equations.")]
    [InlineData("r = h' + x·W\nh' = r", "3:5: h' is used before its equation.")]
    [InlineData("r = x·W\nm = x·U\nh' = r", "4:1: 'm' is never used.")]
    [InlineData("r = x·W\nh' = r[t-1]", "4:6: 'r' is not a state: only states are known of two steps (h).")]
    [InlineData("h' = h[t-2]", "3:10: '2' stands here, but 1 is expected: only the step before is known.")]
    [InlineData("h' = h·W + x", "3:6: the state 'h' has H elements, but its equation gives I.")]
    [InlineData("h' = x + h", "3:10: 'x' has I elements, but 'h[t-1]' has H.")]
    [InlineData("h' = tanh(x·W + W)", "3:17: 'W' is a matrix, but stands in no product.")]
    [InlineData("h' = x·h", "3:6: 'x·h[t-1]' is a product of two vectors; element by element it is written ⊙ or *.")]
    [InlineData("h' = tanh(xᵀ·W)", "3:11: 'xᵀ' is transposed, but stands in no product.")]
    [InlineData("size B = H/2\nh' = tanh(x·W)", "3:6: 'B' is no name for a size")]
    [InlineData("size P = H/2\nsize P = H/3\nh' = tanh(x·W)", "4:6: 'P' is no name for a size")]
    [InlineData("weight p (H)\nh' = p·W + x·V", "4:6: 'p' depends on no input and no state, but is multiplied by a matrix.")]
    [InlineData("h' = W^2", "3:1: 'h' depends on no input and no state.")]
    [InlineData("h' = tanh(x·W) ? 2", "3:16: '?' is not a sign of the language.")]
    [InlineData("weight W (H, 3)\nh' = x·W + U·h", "4:6: 'x' has I elements, but 'W' has H rows.")]
    [InlineData("weight p (Q)\nh' = tanh(x·W) + sum(p ⊙ (x·V))", "3:8: 'p' has Q elements, but Q stands for nothing")]
    [InlineData("size P = Q/2\nh' = tanh(x·W)", "3:6: The size P is a part of Q, which stands for nothing.")]
    [InlineData("dh = x·W\nh' = dh", "3:1: 'dh' is the name of the adjoint of 'h'")]
    [InlineData("h' = tanh(x·W) ⊙ dx", "3:18: 'dx' is the name of the adjoint of 'x'")]
    [InlineData("h' = tanh(x·W)\ny = tanh(h'·V)", "4:1: The read-out is tanh(h·V), but must be linear in the first state: y = h'·Why + by.")]
    [InlineData("stack A = W, V\nh' = tanh(x·W)", "3:7: 'V' is stacked, but is not a weight of the cell.")]
    [InlineData("stack A = W, U\nweight U (3, H)\nh' = tanh(W·x) + sum(U·h)", "3:7: 'U' is (3, H), but 'W' above it is (H, I): stacked weights have rows of one length.")]
    [InlineData("h' = tanh(x[I:I+H]·W)", "3:11: 'x[I:H+I]' is a part of I elements; expected one from 0 to I with an element at least.")]
    [InlineData("h' = tanh(x·W) + sum(h[2:2])", "3:22: 'h[t-1][2:2]' is a part of H elements;")]
    [InlineData("h' = [x·W; w]", "3:9: 'W' would have a length of 0; a line 'weight' says how long the weights beside it are.")]
    public void BadText_IsRefusedWithItsPlace(string equations, string expected)
    {
        var exception = Assert.Throws<EquationException>(() => CellEquations.Parse("cell c\nstate h\n" + equations));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    // What only a network's sizes decide.
    [Theory]
    [InlineData("size S = H\nstate k (H - S)\nk' = 1 - k\nh' = tanh(x·W) + sum(k)", "4:7: With I = 3, H = 4, S = 4, the state k of c has H-S = 0 elements; expected 1 at least.")]
    [InlineData("h' = tanh(x[0:H]·W)", "3:11: With I = 3, H = 4, 'x[0:H]' of c is a part of 3 elements from 0 to 4; expected one from 0 to 3 with an element at least.")]
    public void SizesThatDoNotFit_AreRefusedWithTheirPlace(string equations, string expected)
    {
        var spec = new RnnSpec { Cell = new EquationCell(CellEquations.Parse("cell c\nstate h\n" + equations)), InputSize = 3, HiddenSize = 4, OutputSize = 2 };
        Assert.Equal(expected, Assert.Throws<EquationException>(() => new EquationsEngine<double>(new(spec))).Message);
    }

    // Of a gate that keeps a state, and of no other that is called f.
    [Theory]
    [InlineData("f = sigmoid(x·Wf + h·Uf + bf)\nc' = f ⊙ c + (1 - f) ⊙ tanh(x·W + b)\nh' = tanh(c')", "bf")]
    [InlineData("f = sigmoid(bf + x·Wf + pf ⊙ c)\nc' = tanh(x·W) + f ⊙ c\nh' = tanh(c')", "bf")]
    [InlineData("f = sigmoid(x·Wf + bf)\nc' = (1 - f) ⊙ c + f ⊙ tanh(x·W + b)\nh' = tanh(c')", "")]
    [InlineData("g = sigmoid(x·Wf + bf)\nc' = g ⊙ c + tanh(x·W + b)\nh' = tanh(c')", "")]
    [InlineData("f = tanh(x·Wf + bf)\nc' = f ⊙ c + tanh(x·W + b)\nh' = tanh(c')", "")]
    public void TheBiasOfTheForgetGate_IsFound(string equations, string bias)
    {
        var cell = new EquationCell(CellEquations.Parse($"cell c\nstate h, c\n{equations}\n"));
        Assert.Equal(bias, string.Concat(cell.Tensors(3, 4).Where(tensor => tensor.Blocks[0].IsForgetBias).Select(tensor => tensor.Name)));
        Assert.Equal(bias.Length > 0, cell.HasForgetBias);
        var spec = new RnnSpec { Cell = cell, InputSize = 3, HiddenSize = 4, OutputSize = 2 };
        var rules = InitializerTable.Named("torch");
        if (bias.Length > 0)
        {
            Assert.All((rules with { ForgetBias = 1 }).Create<double>(spec, new Random(1))[bias].Data, value => Assert.Equal(1, value));
        }
    }

    // The stacked built-in cell and its equations start from the same numbers.
    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void FirstWeights_AreThoseOfTheHandWrittenCell(string name)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(name), InputSize = 3, HiddenSize = 4, OutputSize = 2 };
        var rules = InitializerTable.Named("xavier-uniform") with { ForgetBias = name == "lstm" ? 1 : null };
        var expected = rules.Create<double>(spec, new Random(1));
        var actual = rules.Create<double>(spec with { Cell = new EquationCell(BuiltInCells.Named(name)) }, new Random(1));
        Assert.Equal(expected.Whh.Data, actual["Whh"].Data);
        Assert.Equal(expected.bh.Data, actual["bh"].Data);
    }

    [Theory]
    [InlineData("", "1:1: A cell begins with a line 'cell' and its name.")]
    [InlineData("cell c\nh = x·W", "The cell has no state: a line 'state h' declares what a step hands on to the next.")]
    [InlineData("cell c\nstate h, c\nh' = tanh(x·W)", "2:10: The state 'c' has no equation c' = …")]
    [InlineData("cell 3\nstate h", "1:6: '3' stands here, but")]
    [InlineData("cell c\nstate h\nh' = tanh(h)", "The cell has no weight: there is nothing in it to train.")]
    public void AnIncompleteCell_IsRefused(string text, string expected)
    {
        Assert.Contains(expected, Assert.Throws<EquationException>(() => CellEquations.Parse(text)).Message, StringComparison.Ordinal);
    }
}
