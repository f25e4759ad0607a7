using System.Globalization;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>A reading in words.</summary>
internal static class ReadingText
{
    private static readonly Dictionary<string, string> Parts = new() { ["h"] = "h", ["x"] = "x", ["b"] = "bias" };

    /// <summary>The network, the axes and the loss in one line.</summary>
    public static string Describe(Candidate candidate, NamedArrays arrays)
    {
        var (network, sequence, goal) = (candidate.Trial.Network, candidate.Trial.Sequence, candidate.Goal);
        List<string> words = [$"{Layers(network)}{network.Cell.Name}{(network.Bidirectional ? " in both directions" : "")}, {Matrices(network)}"];
        if (network.Choices.TryGetValue("gates", out var gates))
        {
            words.Add($"gates {string.Join(", ", gates.AsEnumerable())}");
        }

        if (network.UpdateWrites)
        {
            words.Add("h = (1 − z) ⊙ h + z ⊙ n");
        }

        if (network.Embedding is { } table)
        {
            words.Add($"{sequence.Inputs} looked up in {table}");
        }

        words.Add($"{sequence.Inputs} {arrays[sequence.Inputs].ShapeText} is ({string.Join(", ", sequence.Order.AsEnumerable())})");
        words.Add(goal.Upstream is not null ? $"{goal.Arrays[0]} handed in"
            : $"{(goal.Loss == LossKind.CrossEntropy ? "cross-entropy" : "squared error")} at {(goal.Outputs == OutputMode.EveryStep ? "every" : "the last")} step, {candidate.Scale.Describe(goal.Outputs == OutputMode.EveryStep ? sequence.Sizes.Steps : 1)}");
        if (goal.IsShifted)
        {
            words.Add($"a step's target is the next element of {(goal.Arrays is [var targets, ..] ? targets : sequence.Inputs)}");
        }

        if (goal.Counting is not null)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{goal.Counting.Data.Sum():0} of {goal.Counting.Length} outputs count"));
        }

        if (candidate.Decay > 0)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"with ½·{candidate.Decay:G4}·‖W‖² of every matrix"));
        }

        return string.Join("; ", words);
    }

    /// <summary>What speaks for a reading.</summary>
    public static string Evidence(Candidate candidate)
    {
        List<string> words = [.. candidate.Trial.Evidence.Where(found => found.Tensor.Length > 0).Select(found => Distance(found.Name, found.Distance))];
        if (candidate.LossDistance is { } loss)
        {
            words.Add(Distance("loss", loss));
        }

        var agreeing = candidate.Gradients.Count - candidate.Wrong;
        if (words.Count == 0)
        {
            words.Add(candidate.Gradients.Count == 0 ? "names and shapes alone" : $"{agreeing} of {candidate.Gradients.Count} gradients fit");
        }

        return string.Join(", ", words);
    }

    private static string Distance(string name, double distance)
    {
        return distance <= Trial.Met ? string.Create(CultureInfo.InvariantCulture, $"{name} is met to {distance:0.0e-0}") : string.Create(CultureInfo.InvariantCulture, $"{name} is off by {distance:0.0e-0}, and nearer in no other reading");
    }

    private static string Layers(NetworkReading network) => network.Layers == 1 ? "" : $"{network.Layers} layers of ";

    private static string Matrices(NetworkReading network)
    {
        if (network.Cell is EquationCell)
        {
            return "names and axes as in its equations";
        }

        var first = network.Blocks[0];
        var side = first.Order == BlockOrder.OutputsFirst ? "W·x" : "x·W";
        var columns = network.Choices.GetValueOrDefault("joined") is { } joined ? $" over [{string.Join(", ", joined.Select(part => Parts[part.ToString()]))}]" : "";
        var perGate = network.Cell.Gates.Count > 1 ? first.Gates.Count == 1 ? "a matrix a gate" : "one matrix for all gates" : "plain matrices";
        return $"{perGate}{columns}, {side}";
    }
}
