using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Every way in which names and shapes let the weights of a prototype be read.</summary>
/// <param name="arrays">The prototype.</param>
/// <param name="weights">The names of its arrays that can be weights.</param>
/// <param name="options">What was said.</param>
internal sealed class NetworkReadings(NamedArrays arrays, IReadOnlyList<string> weights, PrototypeOptions options)
{
    private const int MostNetworks = 4000;

    /// <summary>The readings, likelier ones first.</summary>
    public IReadOnlyList<NetworkReading> Find()
    {
        var parts = NameParts.Parse(weights);
        List<NetworkReading> readings = [];
        foreach (var numbered in (bool[])[true, false])
        {
            var layers = Layers(parts, numbered);
            if (layers.Count > 0)
            {
                readings.AddRange(FormTable.All.SelectMany(form => CellTable.All.SelectMany(cell => Networks(form, cell, layers, parts))).Take(MostNetworks));
            }

            if (readings.Count > 0)
            {
                break;
            }
        }

        readings = [.. readings.DistinctBy(reading => reading.Key)];
        var fewest = readings.Select(Unread).DefaultIfEmpty().Min();
        return [.. readings.Where(reading => Unread(reading) == fewest)];
    }

    private int Unread(NetworkReading reading) => weights.Except(reading.Arrays).Count();

    // The arrays of each layer and direction by the cores of their names. Numbers are those of layers, or belong to the names.
    private static List<(int Layer, bool Reverse, Dictionary<string, string> Cores)> Layers(IReadOnlyList<NameParts> parts, bool numbered)
    {
        var recurrent = parts.Where(part => part.Module is ModuleKind.Any or ModuleKind.Recurrent).ToArray();
        int?[] numbers = numbered ? [.. recurrent.Select(part => part.Number).Distinct().Order()] : [null];
        List<(int, bool, Dictionary<string, string>)> layers = [];
        foreach (var (layer, number) in numbers.Index())
        {
            var own = recurrent.Where(part => !numbered || part.Number == number).ToArray();
            foreach (var direction in own.GroupBy(part => part.Reverse == true).OrderBy(group => group.Key))
            {
                Dictionary<string, string> cores = [];
                foreach (var part in direction.OrderByDescending(part => part.Module))
                {
                    cores.TryAdd(numbered ? part.Core : part.Core + part.Number, part.Array);
                }

                layers.Add((layer, direction.Key, cores));
            }
        }

        return layers;
    }

    private IEnumerable<NetworkReading> Networks(Form form, RecurrentCell cell, List<(int Layer, bool Reverse, Dictionary<string, string> Cores)> all, IReadOnlyList<NameParts> parts)
    {
        if (!Allows("activation", cell is RnnCell ? cell.Name : RnnCell.Tanh.Name) || (options["cell"] is { } said && said != cell.Name && !(said == "rnn" && cell is RnnCell) && !(said == "gru" && IsGru(cell))))
        {
            yield break;
        }

        var reset = cell is GruCell ? "after" : "before";
        if (IsGru(cell) && !Allows("gru_reset", reset))
        {
            yield break;
        }

        foreach (var gates in cell.Gates.Count > 1 ? [cell.Gates.Count, 1] : (int[])[1])
        {
            // Groups in which nothing matches hold the output layer, or what is not a network.
            var matched = all.Select(group => (group.Layer, group.Reverse, Match: LayerMatch.Find(form, gates, group.Cores))).Where(group => group.Match is not null).ToArray();
            int[] layers = [.. matched.Select(group => group.Layer).Distinct().Order()];
            var directions = matched.Select(group => group.Reverse).Distinct().Count();
            if (matched.Length == 0 || matched.Length != layers.Length * directions)
            {
                continue;
            }

            var groups = matched.Select(group => new PlacedMatch(group.Match!, Array.IndexOf(layers, group.Layer), group.Reverse)).ToArray();
            foreach (var reading in Sized(groups, cell, directions == 2))
            {
                var output = new OutputLayer(arrays, parts, reading);
                yield return output.Complete();
            }
        }
    }

    private IEnumerable<NetworkReading> Sized(PlacedMatch[] groups, RecurrentCell cell, bool bidirectional)
    {
        var first = groups[0].Match;
        var slots = first.PerGate ? 1 : cell.Gates.Count;
        foreach (var (hiddenSize, inputSize, columns) in LayerSizes.Of(arrays, first, slots))
        {
            foreach (var order in first.PerGate || cell.Gates.Count == 1 ? [[.. Enumerable.Range(0, cell.Gates.Count)]] : GateNames.Orders(cell.Gates.Count))
            {
                foreach (var preferred in (BlockOrder[])[BlockOrder.OutputsFirst, BlockOrder.InputsFirst])
                {
                    foreach (var writes in IsGru(cell) ? (bool[])[false, true] : [false])
                    {
                        var choices = Choices(cell, first, order, preferred, columns, writes);
                        if (choices.All(choice => Allows(choice.Key, choice.Value)) && Blocks(groups, new(arrays, cell, hiddenSize, order, preferred), inputSize, (bidirectional ? 2 : 1) * hiddenSize, columns) is { } blocks)
                        {
                            yield return new()
                            {
                                Cell = cell,
                                InputSize = inputSize,
                                HiddenSize = hiddenSize,
                                Layers = groups.Max(group => group.Layer) + 1,
                                Bidirectional = bidirectional,
                                Blocks = blocks,
                                UpdateWrites = writes,
                                Choices = choices,
                            };
                        }
                    }
                }
            }
        }
    }

    private static List<Block>? Blocks(PlacedMatch[] groups, LayerBlocks maker, int inputSize, int featureSize, string columns)
    {
        List<Block> blocks = [];
        foreach (var (match, layer, reverse) in groups)
        {
            if (maker.Of(match, TensorNames.Suffix(layer, reverse), layer == 0 ? inputSize : featureSize, columns) is not { } own)
            {
                return null;
            }

            blocks.AddRange(own);
        }

        return blocks;
    }

    private static Dictionary<string, string> Choices(RecurrentCell cell, LayerMatch match, IReadOnlyList<int> order, BlockOrder preferred, string columns, bool writes)
    {
        var choices = new Dictionary<string, string> { ["orientation"] = preferred == BlockOrder.OutputsFirst ? "columns" : "rows" };
        if (cell is RnnCell)
        {
            choices["activation"] = cell.Name;
        }

        if (match.States.Count == 0)
        {
            choices["joined"] = columns;
        }

        if (!match.PerGate && cell.Gates.Count > 1)
        {
            choices["gates"] = string.Concat(order.Select(gate => cell.Gates[gate]));
        }

        if (IsGru(cell))
        {
            choices["gru_reset"] = cell is GruCell ? "after" : "before";
            choices["gru_update"] = writes ? "writes" : "keeps";
        }

        return choices;
    }

    private bool Allows(string key, string word) => options[key] is not { } said || said == word;

    private static bool IsGru(RecurrentCell cell) => cell is GruCell or GruResetBeforeCell;
}

/// <summary>The arrays of a layer, with its place in the network.</summary>
internal sealed record PlacedMatch(LayerMatch Match, int Layer, bool Reverse);
