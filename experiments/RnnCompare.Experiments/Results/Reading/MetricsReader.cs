using System.Globalization;
using System.Text;

namespace RnnCompare.Experiments.Results.Reading;

/// <summary>Reads <c>metrics.csv</c>, also while a run is still writing it: a last line without its end does not count yet.</summary>
internal sealed class MetricsReader
{
    private static readonly string[] PartNames = ["training", "validation", "test"];

    private readonly string _path;
    private readonly string[] _columns;
    private readonly Dictionary<(string Engine, int? Seed), CurveBuilder> _builders = [];

    private MetricsReader(string path, string header)
    {
        (_path, _columns) = (path, header.Split(','));
        foreach (var name in new[] { "step", "engine", "loss" })
        {
            if (!_columns.Contains(name))
            {
                throw new InputException($"{path}, line 1: there is no column {name}.");
            }
        }
    }

    /// <summary>The curves of a file, in the order in which engines first appear.</summary>
    /// <exception cref="InputException">A line is damaged; the message names it.</exception>
    public static IReadOnlyList<RecordedCurve> Read(string path)
    {
        var lines = WholeLines(path);
        if (lines.Length == 0)
        {
            return [];
        }

        var reader = new MetricsReader(path, lines[0]);
        for (var i = 1; i < lines.Length; i++)
        {
            reader.Add(lines[i], i + 1);
        }

        return [.. reader._builders.Select(pair => pair.Value.Build(pair.Key.Engine, pair.Key.Seed))];
    }

    // A run may be writing: the file is shared, and what follows the last line end is left for later.
    private static string[] WholeLines(string path)
    {
        string text;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            text = reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the file cannot be read ({e.Message}).", e);
        }

        var end = text.LastIndexOf('\n');
        return end < 0 ? [] : text[..end].Replace("\r", "", StringComparison.Ordinal).Split('\n');
    }

    private void Add(string line, int number)
    {
        var cells = line.Split(',');
        if (cells.Length != _columns.Length)
        {
            throw new InputException($"{_path}, line {number}: {cells.Length} values, expected {_columns.Length} as in line 1.");
        }

        var step = Value("step");
        if (step != Math.Floor(step) || step is < 0 or > int.MaxValue)
        {
            throw new InputException($"{_path}, line {number}: step is '{Cell("step")}', expected a whole number.");
        }

        var key = (Cell("engine")!, string.IsNullOrEmpty(Cell("seed")) ? (int?)null : (int)Value("seed"));
        if (!_builders.TryGetValue(key, out var builder))
        {
            _builders.Add(key, builder = new());
        }

        if (builder.Steps.Count > 0 && step <= builder.Steps[^1])
        {
            throw new InputException($"{_path}, line {number}: step {step} of {key.Item1} stands after its step {builder.Steps[^1]}.");
        }

        builder.Steps.Add(step);
        builder.Loss.Add(Value("loss"));
        builder.SmoothedLoss.Add(Value("smoothedLoss"));
        foreach (var name in PartNames)
        {
            if (!string.IsNullOrEmpty(Cell(name + "Loss")))
            {
                builder.Add(name, step, Value(name + "Loss"), Value(name + "Score"));
            }
        }

        string? Cell(string column)
        {
            var index = Array.IndexOf(_columns, column);
            return index < 0 ? null : cells[index];
        }

        double Value(string column)
        {
            var cell = Cell(column);
            if (string.IsNullOrEmpty(cell))
            {
                return double.NaN;
            }

            return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? double.IsFinite(value) ? value : double.NaN
                : throw new InputException($"{_path}, line {number}: {column} is '{cell}', expected a number.");
        }
    }

    private sealed class CurveBuilder
    {
        private readonly Dictionary<string, (List<double> Steps, List<double> Loss, List<double> Score)> _parts = [];

        public List<double> Steps { get; } = [];

        public List<double> Loss { get; } = [];

        public List<double> SmoothedLoss { get; } = [];

        public void Add(string part, double step, double loss, double score)
        {
            if (!_parts.TryGetValue(part, out var columns))
            {
                _parts.Add(part, columns = ([], [], []));
            }

            columns.Steps.Add(step);
            columns.Loss.Add(loss);
            columns.Score.Add(score);
        }

        public RecordedCurve Build(string engine, int? seed)
        {
            return new()
            {
                Engine = engine,
                Seed = seed,
                Steps = Steps,
                Loss = Loss,
                SmoothedLoss = SmoothedLoss,
                Parts = _parts.ToDictionary(pair => pair.Key, pair => new RecordedPart(pair.Value.Steps, pair.Value.Loss, pair.Value.Score)),
            };
        }
    }
}
