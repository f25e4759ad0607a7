using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Examples;

/// <summary>
/// The example of a Persian course that writes BPTT in NumPy, many to many and by batches: W1 (I, H), W2 (H, H), W3 (O, H), bh, bo,
/// with the gradient check of that course. Training with carried state is the task <c>echo</c>.
/// </summary>
/// <remarks>
/// Numbers are drawn after <c>np.random.seed(1)</c>. What the course printed came from a program with three mistakes, which its own
/// check would have shown: W2 where W2ᵀ is right in the carry, <c>h[:, t − 1]</c> of t = 0, which is the last state, and <c>dbh += dbh</c>.
/// </remarks>
internal sealed class NumberedExample : IWorkedExample
{
    /// <summary>The course's limit of |a − n| / |a + n|.</summary>
    public const double Limit = 1e-7;

    private const uint DocumentSeed = 1;
    private const double Epsilon = 1e-5;

    private static readonly PrintedArray[] Printout =
    [
        new("dW1", PrintedArray.Fixed, [-1.96168867, 0.86751548, 5.07050684, 0.13683888, 0.24913199]),
        new("dW2", PrintedArray.Fixed, [-0.70572562, -0.53948113, -0.28133053, 1.30360588, 0.15237789]),
        new("dh0", PrintedArray.Fixed, [-0.44595092, -0.0868595, -0.77449515, -0.50100593, 0.35927758]),
        new("dbh", PrintedArray.Fixed, [-3.859417642155729]),
    ];

    /// <inheritdoc/>
    public string Name => "numbered";

    /// <inheritdoc/>
    public IReadOnlyList<string> Keys { get; } = ["engines"];

    /// <inheritdoc/>
    public ExampleResult Run(ExperimentConfig config)
    {
        var prototype = PrototypeReader.Read(Draw(), PrototypeOptions.None.With("loss", "cross-entropy").With("reduction", "sum"));
        var engines = config.EngineList;
        var results = engines.ToDictionary(engine => engine, engine => Gradients(engine, prototype));
        var numeric = Numeric(engines[0], prototype);
        var errors = prototype.Layout.Places.ToDictionary(
            place => place.Array,
            place => engines.Select(engine => WorstError(results[engine].Weights[place.Tensor], numeric[place.Tensor])).ToArray());
        var worst = errors.Values.Max(ofEngines => ofEngines.Max());
        var gradients = results.ToDictionary(pair => pair.Key, pair => Own(prototype, pair.Value));
        return new()
        {
            Config = config,
            Sentence = $"The gradient check finds at most {Figures.Distance(worst)}; the course asks for less than {Figures.Distance(Limit)}.",
            IsSound = worst < Limit,
            Gradients = gradients,
            Tables = [CheckTable(engines, errors), PrintedTable(gradients)],
        };
    }

    /// <summary>The arrays of the course: weights, x (B, T, I) and one-hot targets (B, T, O).</summary>
    public static NamedArrays Draw()
    {
        var numpy = new NumpyLegacyRandom(DocumentSeed);
        var arrays = new NamedArrays
        {
            { "W1", numpy.Randn(3, 5) },
            { "W2", numpy.Randn(5, 5) },
            { "W3", numpy.Randn(3, 5) },
            { "bh", numpy.Randn(5) },
            { "bo", numpy.Randn(3) },
            { "x", numpy.Rand(2, 4, 3) },
        };

        // The course keeps random numbers as labels, and means the largest of each row.
        var labels = numpy.Rand(2, 4, 3);
        var targets = new NdArray<double>(2, 4, 3);
        for (var row = 0; row < labels.Rows; row++)
        {
            targets[row, labels.Row(row).IndexOf(labels.Row(row).ToArray().Max())] = 1;
        }

        arrays.Add("targets", targets);
        return arrays;
    }

    private static GradientResult<double> Gradients(string name, SavedPrototype prototype)
    {
        using var engine = EngineFactory.Create(name, prototype.Weights);
        var result = engine.Gradients(prototype.Batch);

        // What an engine hands back is only good until its next call.
        return result with { Weights = result.Weights.Clone(), InitialState = result.InitialState.Convert<double>() };
    }

    private static NamedArrays Own(SavedPrototype prototype, GradientResult<double> result)
    {
        var writer = PrototypeWriter.Create(ConventionTable.Numbered, result.Weights, prototype.Batch);
        writer.Add("dh0", result.InitialState.Hidden);
        writer.AddGradients(result.Weights);
        var gradients = new NamedArrays();
        foreach (var name in (string[])[.. prototype.Layout.Places.Select(place => TensorNames.Gradient(place.Array)), "dh0"])
        {
            gradients.Add(name, writer.Arrays.Get<double>(name));
        }

        return gradients;
    }

    // Central differences of the loss, as the course takes them, but of every weight and not of three in each array.
    private static RnnWeights<double> Numeric(string name, SavedPrototype prototype)
    {
        using var engine = EngineFactory.Create(name, prototype.Weights);
        var (moved, numeric) = (prototype.Weights.Clone(), new RnnWeights<double>(prototype.Spec));
        foreach (var (weights, differences) in moved.Tensors.Zip(numeric.Tensors))
        {
            for (var i = 0; i < weights.Values.Length; i++)
            {
                var value = weights.Values.Data[i];
                differences.Values.Data[i] = (Loss(weights.Values, i, value + Epsilon) - Loss(weights.Values, i, value - Epsilon)) / (2 * Epsilon);
                weights.Values.Data[i] = value;
            }
        }

        return numeric;

        double Loss(NdArray<double> values, int i, double value)
        {
            values.Data[i] = value;
            engine.LoadWeights(moved);
            return engine.Gradients(prototype.Batch).Loss;
        }
    }

    private static double WorstError(NdArray<double> gradient, NdArray<double> numeric)
    {
        return gradient.Data.Zip(numeric.Data).Max(pair => Math.Abs(pair.First - pair.Second) / Math.Abs(pair.First + pair.Second));
    }

    private static ReportTable CheckTable(IReadOnlyList<string> engines, Dictionary<string, double[]> errors)
    {
        return new(
            "Gradient check: the largest |a − n| / |a + n| of all weights of an array",
            ["", .. engines],
            [.. errors.Select(pair => (IReadOnlyList<string>)[pair.Key, .. pair.Value.Select(Figures.Distance)])],
            ["a: the gradient; n: the central difference of losses for ε = 1e-5; float64."]);
    }

    private static ReportTable PrintedTable(Dictionary<string, NamedArrays> gradients)
    {
        var rows = Printout.SelectMany(printed => printed.Values.Select((value, i) => (IReadOnlyList<string>)
        [
            $"{printed.Name}[{(printed.Values.Length > 1 ? "0," : "")}{i}]", printed.Show(value), .. gradients.Values.Select(arrays => printed.Show(arrays.Get<double>(printed.Name).Data[i])),
        ]));
        return new(
            "Right gradients beside those that the course printed",
            ["", "printed", .. gradients.Keys],
            [.. rows],
            [
                "The printed ones come from three mistakes at once: the carry multiplies by W2 where W2ᵀ is right (whh-not-transposed), the state before the first step "
                    + "is the last one (hidden-wraps-around), and dbh += dbh doubles the bias gradient of one step and loses the others (bias-one-step-doubled).",
                "The course calls dh0 dh_prev.",
            ]);
    }
}
