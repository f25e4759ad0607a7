using RnnCompare.Numerics.RandomNumbers;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Examples;

/// <summary>
/// The example of a Chinese course on recurrent networks that writes BPTT by hand, first for one cell, then for four steps:
/// column vectors, U, W, V, ba, by, time on the last axis, and a random adjoint ds of every state in place of a loss.
/// </summary>
/// <remarks>All numbers are drawn after <c>np.random.seed(1)</c>, so that what the course printed can be met to the last printed digit.</remarks>
internal sealed class TimeLastExample : IWorkedExample
{
    private const uint DocumentSeed = 1;

    // In the order in which the course draws them; ds comes after the forward pass, which draws nothing.
    private static readonly (string Name, int[] Shape)[] Draws =
        [("x", [3, 1, 4]), ("s0", [5, 1]), ("W", [5, 5]), ("U", [5, 3]), ("V", [3, 5]), ("ba", [5, 1]), ("by", [3, 1]), ("ds", [5, 1, 4])];

    /// <inheritdoc/>
    public string Name => "time-last";

    /// <inheritdoc/>
    public IReadOnlyList<string> Keys { get; } = ["engines"];

    /// <inheritdoc/>
    public ExampleResult Run(ExperimentConfig config)
    {
        var prototype = PrototypeReader.Read(Draw());
        var gradients = config.EngineList.ToDictionary(engine => engine, engine => Gradients(engine, prototype));
        var numbers = TimeLastPrintout.Arrays.Sum(array => array.Values.Length);
        var met = gradients.ToDictionary(pair => pair.Key, pair => TimeLastPrintout.Arrays.Sum(array => array.Met(pair.Value.Get<double>(array.Name))));
        return new()
        {
            Config = config,
            Sentence = $"The course printed {numbers} numbers; met to every printed digit: {string.Join(", ", met.Select(pair => $"{pair.Value} by {pair.Key}"))}. All in float64.",
            IsSound = met.Values.All(count => count == numbers),
            Gradients = gradients,
            Tables = [.. TimeLastPrintout.Arrays.Select(array => Table(array, gradients))],
        };
    }

    private static NamedArrays Draw()
    {
        var numpy = new NumpyLegacyRandom(DocumentSeed);
        var arrays = new NamedArrays();
        foreach (var (name, shape) in Draws)
        {
            arrays.Add(name, numpy.Randn(shape));
        }

        return arrays;
    }

    // In the names, shapes and order of axes of the course.
    private static NamedArrays Gradients(string name, SavedPrototype prototype)
    {
        using var engine = EngineFactory.Create(name, prototype.Weights);
        var result = engine.Gradients(prototype.Batch, prototype.Upstream!);
        var writer = PrototypeWriter.Create(ConventionTable.TimeLast, result.Weights, prototype.Batch);
        writer.Add("dx", result.Inputs!);
        writer.Add("dh0", result.InitialState.Hidden);
        writer.AddGradients(result.Weights);
        var gradients = new NamedArrays();
        foreach (var array in TimeLastPrintout.Arrays)
        {
            gradients.Add(array.Name, writer.Arrays.Get<double>(array.Name));
        }

        return gradients;
    }

    private static ReportTable Table(PrintedArray printed, Dictionary<string, NamedArrays> gradients)
    {
        var computed = gradients.Values.Select(arrays => arrays.Get<double>(printed.Name)).ToArray();
        return new(
            $"{printed.Name} {computed[0].ShapeText}",
            ["", "printed", .. gradients.Keys],
            [.. printed.Values.Select((value, i) => (IReadOnlyList<string>)
                [$"{printed.Name}[{string.Join(",", computed[0].IndexOf(i))}]", printed.Show(value), .. computed.Select(array => printed.Show(array.Data[i]))])],
            []);
    }
}
