using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>The sizes that the arrays of a lowest layer can have.</summary>
internal static class LayerSizes
{
    /// <summary>H, I, and for a joined matrix the order of state (h), input (x) and bias (b) in it.</summary>
    /// <param name="arrays">The prototype.</param>
    /// <param name="match">The layer's arrays.</param>
    /// <param name="gates">The gates that one array holds.</param>
    public static IEnumerable<(int HiddenSize, int InputSize, string Columns)> Of(NamedArrays arrays, LayerMatch match, int gates)
    {
        return (match.States.Count > 0 ? Apart(arrays, match, gates) : Joined(arrays, match, gates)).Distinct();
    }

    private static IEnumerable<(int, int, string)> Apart(NamedArrays arrays, LayerMatch match, int gates)
    {
        int[] states = [.. arrays[match.States[0]].Shape], inputs = [.. arrays[match.Inputs[0]].Shape];
        foreach (var (rows, hiddenSize) in Pairs(states, gates).Where(pair => pair.Rows == gates * pair.Columns))
        {
            foreach (var (_, inputSize) in Pairs(inputs, gates).Where(pair => pair.Rows == rows))
            {
                yield return (hiddenSize, inputSize, "");
            }
        }
    }

    private static IEnumerable<(int, int, string)> Joined(NamedArrays arrays, LayerMatch match, int gates)
    {
        int[] shape = [.. arrays[match.Inputs[0]].Shape];
        foreach (var (rows, columns) in Pairs(shape, gates).Where(pair => pair.Rows % gates == 0))
        {
            var hiddenSize = rows / gates;
            foreach (var order in match.Biases.Count > 0 ? ["hx", "xh"] : (string[])["hx", "xh", "bhx", "bxh", "hxb", "xhb"])
            {
                var inputSize = columns - hiddenSize - (order.Length - 2);
                if (inputSize > 0)
                {
                    yield return (hiddenSize, inputSize, order);
                }
            }
        }
    }

    // A matrix either way round; of three axes, the first is that of the gates.
    private static IEnumerable<(int Rows, int Columns)> Pairs(int[] shape, int gates) => shape switch
    {
        [var a, var b] => [(a, b), (b, a)],
        [var g, var a, var b] when g == gates => [(g * a, b), (g * b, a)],
        _ => [],
    };
}
