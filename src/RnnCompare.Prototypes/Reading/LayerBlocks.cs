using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Turns the arrays of one layer into blocks, under given choices.</summary>
/// <param name="arrays">The prototype.</param>
/// <param name="cell">The cell.</param>
/// <param name="hiddenSize">H.</param>
/// <param name="order">For each gate of an array that holds all, the cell's own.</param>
/// <param name="preferred">Which way round square matrices stand.</param>
internal sealed class LayerBlocks(NamedArrays arrays, RecurrentCell cell, int hiddenSize, IReadOnlyList<int> order, BlockOrder preferred)
{
    private int Gates => cell.Gates.Count;

    /// <summary>The blocks; null where a shape does not fit.</summary>
    /// <param name="match">The arrays.</param>
    /// <param name="suffix">The layer and direction.</param>
    /// <param name="inputSize">The columns of Wxh.</param>
    /// <param name="columns">The order of state (h), input (x) and bias (b) in a joined matrix.</param>
    public IReadOnlyList<Block>? Of(LayerMatch match, string suffix, int inputSize, string columns)
    {
        List<Block?> blocks = [];
        if (match.States.Count == 0)
        {
            blocks.AddRange(Matrices(match.Inputs, suffix, Joined(columns, inputSize)));
        }
        else
        {
            blocks.AddRange(Matrices(match.Inputs, suffix, [new(TensorNames.Wxh, 0, inputSize, inputSize)]));
            blocks.AddRange(Matrices(match.States, suffix, [new(TensorNames.Whh, 0, hiddenSize, hiddenSize)]));
        }

        blocks.AddRange(Vectors(match.Biases, suffix, TensorNames.Bh, gate => true));
        blocks.AddRange(Vectors(match.SecondBiases, suffix, SecondBias.Name, gate => !IsCandidate(gate)));
        if (cell.HasCandidateBias)
        {
            blocks.AddRange(Vectors(match.SecondBiases, suffix, TensorNames.Bhn, IsCandidate));
        }

        return blocks.Contains(null) ? null : [.. blocks.OfType<Block>().Where(block => block.Gates.Any(gate => gate >= 0))];
    }

    private bool IsCandidate(int gate) => cell.HasCandidateBias && gate == Gates - 1;

    private Segment[] Joined(string columns, int inputSize)
    {
        List<Segment> segments = [];
        var start = 0;
        foreach (var part in columns)
        {
            var (tensor, length) = part switch { 'h' => (TensorNames.Whh, hiddenSize), 'x' => (TensorNames.Wxh, inputSize), _ => (TensorNames.Bh, 1) };
            segments.Add(new(tensor, start, length, length));
            start += length;
        }

        return [.. segments];
    }

    private IEnumerable<Block?> Matrices(IReadOnlyList<string> names, string suffix, Segment[] segments)
    {
        var columns = segments.Sum(segment => segment.Length);
        foreach (var (index, name) in names.Index())
        {
            int[] gates = names.Count > 1 ? [index] : [.. order];
            yield return Block.Fit(arrays[name].Shape, gates.Length, hiddenSize, columns, preferred) is { } fit
                ? new(name, suffix, hiddenSize, gates, fit, columns, segments)
                : null;
        }
    }

    private IEnumerable<Block?> Vectors(IReadOnlyList<string> names, string suffix, string tensor, Predicate<int> belongs)
    {
        foreach (var (index, name) in names.Index())
        {
            int[] gates = [.. (names.Count > 1 ? [index] : order).Select(gate => belongs(gate) ? gate : -1)];
            var firstRow = tensor == TensorNames.Bhn ? (Gates - 1) * hiddenSize : 0;
            yield return AxisSizes.SameAxes(arrays[name].Shape, [gates.Length, hiddenSize]) || AxisSizes.SameAxes(arrays[name].Shape, [gates.Length * hiddenSize])
                ? new(name, suffix, hiddenSize, gates, BlockOrder.OutputsFirst, 1, new Segment(tensor, 0, 1, 1) { FirstRow = firstRow })
                : null;
        }
    }
}
