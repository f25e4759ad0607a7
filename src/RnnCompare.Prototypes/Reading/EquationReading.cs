using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Reads the weights of a prototype whose cell is given as equations: each under its name there, or several in the array in which they are stacked, and with the axes that it has there.</summary>
/// <param name="arrays">The prototype.</param>
/// <param name="cell">The cell.</param>
internal sealed class EquationReading(NamedArrays arrays, EquationCell cell)
{
    private readonly CellEquations _equations = cell.Equations;

    /// <summary>An array with the axes that the equations give it, and where its rows begin in its tensor.</summary>
    private sealed record Placed(string Array, string Tensor, string Suffix, IReadOnlyList<Dimension> Axes, Dimension FirstRow);

    /// <summary>The network.</summary>
    /// <exception cref="InvalidDataException">An array is missing, or has another shape than the equations say.</exception>
    public static NetworkReading Of(NamedArrays arrays, EquationCell cell) => new EquationReading(arrays, cell).Read();

    private NetworkReading Read()
    {
        var first = _equations.Weights[0];
        var stem = Stack(first.Name) is { } stack && Find(stack.Name, "") is not null ? stack.Name : first.Name;
        var layers = 1;
        while (Find(stem, TensorNames.Suffix(layers, reverse: false)) is not null)
        {
            layers++;
        }

        var isBidirectional = Find(stem, TensorNames.Suffix(0, reverse: true)) is not null;
        var lowest = Layer(TensorNames.Suffix(0, reverse: false)).ToList();
        var (inputs, hidden) = Sizes(lowest);
        var letters = _equations.LettersFor(inputs, hidden);
        var features = (isBidirectional ? 2 : 1) * _equations.States[0].Length.Evaluate(letters);
        var blocks = new List<Block>();
        for (var i = 0; i < layers * (isBidirectional ? 2 : 1); i++)
        {
            var (layer, isReverse) = isBidirectional ? (i / 2, i % 2 == 1) : (i, false);
            var own = _equations.LettersFor(layer == 0 ? inputs : features, hidden);
            foreach (var placed in Layer(TensorNames.Suffix(layer, isReverse)))
            {
                Require(placed, own);
                blocks.Add(BlockOf(placed, own));
            }
        }

        var outputs = ReadOut(features, blocks);
        return new()
        {
            Cell = cell,
            InputSize = inputs,
            HiddenSize = hidden,
            OutputSize = outputs,
            Layers = layers,
            Bidirectional = isBidirectional,
            Blocks = blocks,
            Choices = new Dictionary<string, string>(),
        };
    }

    // Stacked weights may lie in the one array or each in its own.
    private IEnumerable<Placed> Layer(string suffix)
    {
        foreach (var stack in _equations.Stacks.Where(stack => Find(stack.Name, suffix) is not null))
        {
            var shapes = stack.Parts.Select(part => ShapeOf(part).Axes).ToList();
            yield return new(Find(stack.Name, suffix)!, stack.Name, suffix, [shapes.Select(axes => axes[0]).Aggregate((a, b) => a + b), .. shapes[0].Skip(1)], Dimension.Zero);
        }

        foreach (var weight in _equations.Weights)
        {
            var stack = Stack(weight.Name);
            if (stack is not null && Find(stack.Name, suffix) is not null)
            {
                continue;
            }

            var array = Find(weight.Name, suffix) ?? throw ArrayName.Refuse(arrays.Source, $"{weight.Name}{suffix} {Letters(weight.Shape.Axes)}, a weight of the equations, is missing; found {arrays.NamesText}.");
            var above = stack?.Parts.TakeWhile(part => part != weight.Name).Select(part => ShapeOf(part).Axes[0]).Aggregate(Dimension.Zero, (a, b) => a + b) ?? Dimension.Zero;
            yield return new(array, stack?.Name ?? weight.Name, suffix, [.. weight.Shape.Axes], above);
        }
    }

    private StackedWeights? Stack(string weight) => _equations.Stacks.FirstOrDefault(stack => stack.Parts.Contains(weight));

    private Shape ShapeOf(string weight) => _equations.Weights.First(other => other.Name == weight).Shape;

    // Under its name, or one that differs in signs and capitals only: W_f for Wf.
    private string? Find(string name, string suffix)
    {
        foreach (var exact in (string[])[name + suffix, "weight " + name + suffix])
        {
            if (arrays.TryGet(exact, out var array) && array.IsReal)
            {
                return exact;
            }
        }

        string[] alike = [.. arrays.Where(entry => entry.Value.IsReal && Loose(entry.Key) == Loose(name + suffix) && !_equations.Weights.Any(weight => weight.Name + suffix == entry.Key)).Select(entry => entry.Key)];
        return alike.Length == 1 ? alike[0] : null;
    }

    private static string Loose(string name) => string.Concat(name.Where(character => char.IsLetterOrDigit(character) || character == '.')).ToLowerInvariant();

    // The sizes with which most arrays are as the equations say.
    private (int Inputs, int Hidden) Sizes(List<Placed> lowest)
    {
        var largest = lowest.SelectMany(placed => arrays[placed.Array].Shape.ToArray()).DefaultIfEmpty(1).Max();
        var (best, bestCount) = ((Inputs: 1, Hidden: 1), -1);
        for (var hidden = 1; hidden <= largest; hidden++)
        {
            foreach (var inputs in Inputs(lowest, hidden).Distinct())
            {
                var letters = _equations.LettersFor(inputs, hidden);
                var count = lowest.Count(placed => Fits(placed, letters));
                if (count > bestCount)
                {
                    (best, bestCount) = ((inputs, hidden), count);
                }
            }
        }

        return best;
    }

    // I from every axis that it is a part of.
    private IEnumerable<int> Inputs(List<Placed> lowest, int hidden)
    {
        var letters = _equations.LettersFor(0, hidden);
        foreach (var placed in lowest)
        {
            var shape = arrays[placed.Array].Shape.ToArray();
            for (var axis = 0; axis < Math.Min(shape.Length, placed.Axes.Count); axis++)
            {
                var factor = placed.Axes[axis].FactorOf("I");
                if (factor > 0 && (shape[axis] - placed.Axes[axis].Evaluate(letters)) is > 0 and var rest && rest % factor == 0)
                {
                    yield return rest / factor;
                }
            }
        }
    }

    private bool Fits(Placed placed, Dictionary<string, int> letters)
    {
        int[] shape = [.. arrays[placed.Array].Shape];
        var expected = Lengths(placed.Axes, letters);
        return expected.Length == 2 ? shape.SequenceEqual(expected) : shape.Where(length => length != 1).SequenceEqual(expected.Where(length => length != 1));
    }

    private void Require(Placed placed, Dictionary<string, int> letters)
    {
        if (Fits(placed, letters))
        {
            return;
        }

        var (array, expected) = (arrays[placed.Array], Lengths(placed.Axes, letters));
        var turned = expected.Length == 2 && array.Shape.SequenceEqual([expected[1], expected[0]]) ? " It would fit the other way round: is it Wᵀ in the equations, or W·x in place of x·W?" : "";
        throw new ArrayName(arrays.Source, placed.Array).Refuse($"is {array.ShapeText}, but in the equations it is {Letters(placed.Axes)} = ({string.Join(", ", expected)}).{turned}");
    }

    private static Block BlockOf(Placed placed, Dictionary<string, int> letters)
    {
        var shape = Lengths(placed.Axes, letters);
        var (rows, columns) = shape is [var height, var width] ? (height, width) : (shape is [var length] ? length : 1, 1);
        return new(placed.Array, placed.Suffix, rows, [0], BlockOrder.OutputsFirst, columns, new Segment(placed.Tensor, 0, columns, columns) { FirstRow = -placed.FirstRow.Evaluate(letters) });
    }

    // O; null where there is no output layer.
    private int? ReadOut(int features, List<Block> blocks)
    {
        var readOut = _equations.ReadOut;
        if (Find(readOut.Weight, "") is not { } matrix)
        {
            return null;
        }

        var shape = arrays[matrix].Shape;
        var (own, other) = readOut.IsOutputMajor ? (0, 1) : (1, 0);
        if (shape.Length != 2 || shape[other] != features)
        {
            throw new ArrayName(arrays.Source, matrix).Refuse($"is {arrays[matrix].ShapeText}, but in the equations it is {(readOut.IsOutputMajor ? $"(O, {features})" : $"({features}, O)")}, with {features} elements of {readOut.State}.");
        }

        var outputs = shape[own];
        blocks.Add(new(matrix, "", outputs, [0], readOut.IsOutputMajor ? BlockOrder.OutputsFirst : BlockOrder.InputsFirst, features, new Segment(TensorNames.Why, 0, features, features)));
        if (readOut.Bias is { } name && Find(name, "") is { } bias)
        {
            if (arrays[bias].Shape.ToArray().Where(length => length != 1).Aggregate(1, (product, length) => product * length) != outputs)
            {
                throw new ArrayName(arrays.Source, bias).Refuse($"is {arrays[bias].ShapeText}, but in the equations it is (O) = ({outputs}).");
            }

            blocks.Add(new(bias, "", outputs, [0], BlockOrder.OutputsFirst, 1, new Segment(TensorNames.By, 0, 1, 1)));
        }

        return outputs;
    }

    private static int[] Lengths(IReadOnlyList<Dimension> axes, Dictionary<string, int> letters) => [.. axes.Select(axis => axis.Evaluate(letters))];

    private static string Letters(IReadOnlyList<Dimension> axes) => $"({string.Join(", ", axes)})";
}
