using System.Globalization;
using System.Text.Json;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>How the arrays of a prototype are meant, as far as someone said so. Null is what nobody said.</summary>
public sealed class PrototypeOptions
{
    private readonly Dictionary<string, string> _words;

    private PrototypeOptions(Dictionary<string, string> words) => _words = words;

    /// <summary>Nothing said.</summary>
    public static PrototypeOptions None { get; } = new([]);

    /// <summary>Every key with its words, in the order of help texts; a number or names where there are none. <c>rnn</c> is a plain cell whose activation is a key of its own.</summary>
    public static IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Keys { get; } =
    [
        new("convention", [.. ConventionTable.All.Select(convention => convention.Name)]),
        new("cell", [.. CellTable.All.Select(cell => cell.Name), "rnn"]),
        new("activation", ["tanh", "relu"]),
        new("gru_reset", ["after", "before"]),
        new("loss", ["cross-entropy", "squared-error"]),
        new("outputs", ["every-step", "last-step"]),
        new("reduction", ["sum", "mean", "batch-mean", "time-mean", "element-mean"]),
        new("half", ["true", "false"]),
        new("batch_first", ["true", "false"]),
        new("orientation", ["columns", "rows"]),
        new("joined", ["hx", "xh", "bhx", "bxh", "hxb", "xhb"]),
        new("gates", [.. new[] { LstmCell.Instance, (RecurrentCell)GruCell.Instance }.SelectMany(cell => GateNames.Orders(cell.Gates.Count).Select(order => string.Concat(order.Select(gate => cell.Gates[gate]))))]),
        new("gru_update", ["keeps", "writes"]),
        new("learning_rate", []),
        new("ignore", []),
    ];

    /// <summary>The names, shapes and orders of the arrays.</summary>
    public Convention? Convention => this["convention"] is { } word ? ConventionTable.Named(word) : null;

    /// <summary>The cell: the plain one with tanh, or a GRU that resets after the product, where nothing else was said.</summary>
    public RecurrentCell Cell => this["cell"] switch
    {
        null or "rnn" => CellTable.Named(this["activation"] ?? "tanh"),
        "gru" when this["gru_reset"] == "before" => GruResetBeforeCell.Instance,
        { } name => CellTable.Named(name),
    };

    /// <summary>Which steps have an output.</summary>
    public OutputMode? Outputs => this["outputs"] switch { null => null, "last-step" => OutputMode.LastStep, _ => OutputMode.EveryStep };

    /// <summary>What is minimised.</summary>
    public LossKind? Loss => this["loss"] switch { null => null, "squared-error" => LossKind.SquaredError, _ => LossKind.CrossEntropy };

    /// <summary>How single losses are put together, where that is a sum or a mean over all outputs.</summary>
    public Reduction? Reduction => this["reduction"] switch { "sum" => Models.Reduction.Sum, "mean" => Models.Reduction.Mean, _ => null };

    /// <summary>Whether sequences are (B, T, …) and not (T, B, …).</summary>
    public bool? BatchFirst => this["batch_first"] switch { null => null, var word => word == "true" };

    /// <summary>The step of plain gradient descent that made updated weights.</summary>
    public double? LearningRate => this["learning_rate"] is { } word ? double.Parse(word, CultureInfo.InvariantCulture) : null;

    /// <summary>The arrays that are to be left out.</summary>
    public IReadOnlyList<string> Ignored => this["ignore"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>What a key decides, as the rest of a sentence that begins with "leaves open".</summary>
    public static string Question(string key) => key switch
    {
        "cell" => "which cell it is",
        "gru_reset" => "whether the reset comes before or after the product",
        "gru_update" => "whether the update gate keeps the old state or writes the new",
        "loss" => "which loss it is",
        "outputs" => "whether every step or the last has an output",
        "reduction" => "how the loss is put together",
        "half" => "whether the squared error has ½ in front",
        "batch_first" => "whether the batch comes first",
        "orientation" => "whether matrices are W·x or x·W",
        "joined" => "in which order state and input are joined",
        "gates" => "in which order gates are stacked",
        _ => $"its {key}",
    };

    /// <summary>What was said under a key of <see cref="Keys"/>.</summary>
    public string? this[string key] => _words.GetValueOrDefault(key);

    /// <summary>Everything said that a network and its convention say.</summary>
    public static PrototypeOptions Of(Convention convention, RnnSpec spec)
    {
        ArgumentNullException.ThrowIfNull(convention);
        ArgumentNullException.ThrowIfNull(spec);
        return None.With("convention", convention.Name)
            .With("cell", spec.Cell.Name)
            .With("loss", spec.Loss == LossKind.CrossEntropy ? "cross-entropy" : "squared-error")
            .With("outputs", spec.Outputs == OutputMode.EveryStep ? "every-step" : "last-step")
            .With("reduction", spec.Reduction == Models.Reduction.Sum ? "sum" : "mean");
    }

    /// <summary>Reads a JSON object such as <c>{"cell": "lstm", "reduction": "sum", "batch_first": true}</c>.</summary>
    /// <exception cref="ArgumentException">It is none, or a key or word is unknown; the message lists those that are.</exception>
    public static PrototypeOptions Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ArgumentException($"is a JSON {document.RootElement.ValueKind}, expected an object.");
            }

            return document.RootElement.EnumerateObject().Aggregate(None, (options, entry) => options.With(entry.Name, entry.Value.ToString()));
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"is no JSON: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new ArgumentException("has an escape \\u that stands for half a character (a lone surrogate).", error);
        }
    }

    /// <summary>The same with one more word; hyphens and underscores are alike, and the first part of a word is enough.</summary>
    /// <exception cref="ArgumentException">The key or the word is unknown; the message lists those that are.</exception>
    public PrototypeOptions With(string key, string word)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(word);
        var known = Keys.FirstOrDefault(entry => entry.Key == key.Replace('-', '_'));
        if (known.Key is null)
        {
            throw new ArgumentException($"unknown key '{key}'; known: {string.Join(", ", Keys.Select(entry => entry.Key))}.");
        }

        if (known.Value.Count == 0)
        {
            return known.Key != "learning_rate" || (double.TryParse(word, CultureInfo.InvariantCulture, out var rate) && rate > 0)
                ? new(new(_words) { [known.Key] = word })
                : throw new ArgumentException($"{known.Key} is '{word}', expected a number above 0.");
        }

        var given = word.Replace('_', '-').ToLowerInvariant();
        var match = known.Value.FirstOrDefault(candidate => candidate == given)
            ?? known.Value.FirstOrDefault(candidate => candidate.StartsWith(given + "-", StringComparison.Ordinal))
            ?? throw new ArgumentException($"{known.Key} is '{word}', expected {string.Join(" or ", known.Value)}.");
        return new(new(_words) { [known.Key] = match });
    }

    /// <summary>These words, and where nothing was said, those of <paramref name="other"/>.</summary>
    public PrototypeOptions Or(PrototypeOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var words = new Dictionary<string, string>(other._words);
        foreach (var (key, word) in _words)
        {
            words[key] = word;
        }

        return new(words);
    }

    /// <summary>The JSON object that <see cref="Parse"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(_words);
}
