using RnnCompare.Models;

namespace RnnCompare.Prototypes.Layouts;

/// <summary>The lengths behind the letters with which layouts write down shapes.</summary>
/// <remarks>
/// G gate rows G·H, of which C are the candidate's where it has a bias of its own and S the others; I inputs of the layer, H hidden
/// units (of a state), K elements of a cell state, F features D·H of the top layer, O outputs, L layers and directions L·D, T steps, B sequences, P the pair of biases that
/// some libraries keep in one array, 1 an axis of length one.
/// </remarks>
/// <param name="Spec">The network.</param>
/// <param name="Layer">The layer whose inputs I counts.</param>
/// <param name="Steps">T, where sequences are meant.</param>
/// <param name="BatchSize">B, where sequences are meant.</param>
internal readonly record struct AxisSizes(RnnSpec Spec, int Layer = 0, int Steps = 0, int BatchSize = 0)
{
    public int this[char axis] => axis switch
    {
        'G' => Spec.GateRows,
        'S' => Spec.Cell.HasCandidateBias ? Spec.GateRows - Spec.HiddenSize : Spec.GateRows,
        'I' => Spec.LayerInputSize(Layer),
        'H' or 'C' => Spec.HiddenStateSize,
        'K' => Spec.Cell.CellStateSize(Spec.HiddenSize),
        'F' => Spec.FeatureSize,
        'O' => Spec.OutputSize,
        'L' => Spec.Layers * Spec.Directions,
        'T' => Steps,
        'B' => BatchSize,
        'P' => 2,
        '1' => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(axis), $"'{axis}' is not an axis."),
    };

    public int[] Shape(string axes)
    {
        var shape = new int[axes.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = this[axes[i]];
        }

        return shape;
    }

    /// <summary>Whether two shapes have the same axes, those of length one aside.</summary>
    public static bool SameAxes(ReadOnlySpan<int> shape, ReadOnlySpan<int> other)
    {
        var next = 0;
        foreach (var length in shape)
        {
            if (length == 1)
            {
                continue;
            }

            while (next < other.Length && other[next] == 1)
            {
                next++;
            }

            if (next == other.Length || other[next++] != length)
            {
                return false;
            }
        }

        return other[next..].IndexOfAnyExcept(1) < 0;
    }

    /// <summary>A shape in letters and in numbers, for example <c>(I, G·H) = (4, 28)</c>.</summary>
    public string Describe(string axes) => $"{Letters(axes)} = ({string.Join(", ", Shape(axes))})";

    /// <summary>A shape in the letters that messages use, for example <c>(I, G·H)</c>.</summary>
    public static string Letters(string axes)
    {
        return $"({string.Join(", ", axes.Select(axis => axis switch
        {
            'G' => "G·H",
            'F' => "D·H",
            'K' => "H",
            'L' => "L·D",
            'P' => "2",
            _ => axis.ToString(),
        }))})";
    }
}
