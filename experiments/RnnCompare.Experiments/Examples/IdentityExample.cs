using RnnCompare.Checking.Comparison;
using RnnCompare.Experiments.Training;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Examples;

/// <summary>
/// A question in Hindi: why a network in plain Python and the same one in Theano have different gradients, all but some of them.
/// Rows, Wxh, Whh, Who, bhh, bho; the squared error of five steps whose inputs and targets are the identity matrix, from a state of zeros.
/// </summary>
/// <remarks>
/// The question does not give its weights: here they are 0.1·randn after <c>np.random.seed</c>, in the order Wxh, Whh, Who, bhh, bho.
/// It compared plain sums of differences, which can cancel; the largest difference stands beside them here.
/// </remarks>
internal sealed class IdentityExample : IWorkedExample
{
    /// <summary>What right gradients may lie apart, ‖a − b‖/‖b‖: a few roundings of float64.</summary>
    public const double Agreement = 1e-15;

    private const int Size = 5;
    private const double Scale = 0.1;
    private const string Program = "the document's program";
    private static readonly string[] Names = ["dWho", "dbho", "dWhh", "dWxh", "dbhh"];

    /// <inheritdoc/>
    public string Name => "identity";

    /// <inheritdoc/>
    public IReadOnlyList<string> Keys { get; } = ["hiddenSize", "engines", "seed"];

    /// <inheritdoc/>
    public ExampleResult Run(ExperimentConfig config)
    {
        var arrays = Draw(config);
        var prototype = PrototypeReader.Read(arrays, PrototypeOptions.None.With("loss", "squared-error").With("reduction", "sum"));
        var engines = config.EngineList;
        var results = engines.ToDictionary(engine => engine, engine => Gradients(engine, prototype));
        var comparisons = engines.Skip(1).Select(engine => GradientComparison.Compare(results[engines[0]], results[engine], Tolerance.Relative(Agreement))).ToArray();
        var layout = new WeightLayout(ConventionTable.Row, prototype.Spec);
        var gradients = results.ToDictionary(pair => pair.Key, pair => Rows(layout, pair.Value));
        var first = gradients[engines[0]];
        var others = engines.Skip(1).Select(engine => Differences($"{engines[0]} − {engine}", first, gradients[engine])).ToArray();
        gradients.Add(Program, SameStepProgram.Gradients(arrays));
        return new()
        {
            Config = config,
            Sentence = $"The right gradients of {string.Join(", ", engines)} lie at most {Figures.Distance(comparisons.Select(comparison => comparison.Worst.Relative).DefaultIfEmpty(0).Max())} apart, norm-wise relative in float64; {Program} is wrong in dWhh, dWxh and dbhh.",
            IsSound = comparisons.All(comparison => comparison.Agrees),
            Gradients = gradients,
            Tables = [.. others, Differences($"{engines[0]} − {Program}", first, gradients[Program]) with { Notes = Explanation }],
        };
    }

    private static IReadOnlyList<string> Explanation { get; } =
    [
        "The program adds dcdHin[t]·Whhᵀ to dcdHout[t] where dcdHin[t+1]·Whhᵀ is right. dcdHin[t] is still zero when it is read, so that nothing comes back from later steps (delta-same-step, which here is the same as carry-dropped).",
        "dWho and dbho are right because the output layer is not on that way. The last row of dWxh is right because x is the identity: row t belongs to step t alone, "
            + "and the last step has no later one. In this project's layout (H, I) it is the last column.",
    ];

    private static NamedArrays Draw(ExperimentConfig config)
    {
        var numpy = new NumpyLegacyRandom((uint)config.Seed);
        var arrays = new NamedArrays();
        foreach (var (name, rows, columns) in new[]
        {
            ("Wxh", Size, config.HiddenSize), ("Whh", config.HiddenSize, config.HiddenSize), ("Who", config.HiddenSize, Size), ("bhh", 1, config.HiddenSize), ("bho", 1, Size),
        })
        {
            var values = numpy.Randn(rows, columns);
            foreach (ref var value in values.Span)
            {
                value *= Scale;
            }

            arrays.Add(name, values);
        }

        arrays.Add("x", Identity());
        arrays.Add("targets", Identity());
        return arrays;
    }

    private static NdArray<double> Identity()
    {
        var identity = new NdArray<double>(Size, 1, Size); // (T, B, I)
        for (var t = 0; t < Size; t++)
        {
            identity[t, t] = 1;
        }

        return identity;
    }

    private static RnnWeights<double> Gradients(string name, SavedPrototype prototype)
    {
        using var engine = EngineFactory.Create(name, prototype.Weights);
        return engine.Gradients(prototype.Batch).Weights.Clone();
    }

    private static NamedArrays Rows(WeightLayout layout, RnnWeights<double> gradients)
    {
        var arrays = new NamedArrays();
        layout.WriteGradients(arrays, gradients);
        return arrays;
    }

    private static ReportTable Differences(string title, NamedArrays expected, NamedArrays actual)
    {
        var rows = Names.Select(name => Row(name, expected.Get<double>(name).Span, actual.Get<double>(name).Span)).ToList();
        rows.Add(Row("last row of dWxh", expected.Get<double>("dWxh").Row(Size - 1), actual.Get<double>("dWxh").Row(Size - 1)));
        return new($"Differences {title}", ["", "sum", "largest"], rows, []);
    }

    private static IReadOnlyList<string> Row(string name, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        var (sum, largest) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            sum += expected[i] - actual[i];
            largest = Math.Max(largest, Math.Abs(expected[i] - actual[i]));
        }

        return [name, Figures.Value(sum), Figures.Value(largest)];
    }
}
