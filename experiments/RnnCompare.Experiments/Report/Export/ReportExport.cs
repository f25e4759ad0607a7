using System.Text;
using RnnCompare.Experiments.Report.Sections;
using RnnCompare.Experiments.Results.Reading;
using RnnCompare.Experiments.Results.TensorBoard;

namespace RnnCompare.Experiments.Report.Export;

/// <summary>Takes a run's report out of here, in formats that other programs read.</summary>
public static class ReportExport
{
    /// <summary>The formats.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["svg", "csv", "md", "tensorboard"];

    /// <summary>Writes the files of a format: a picture or a table of numbers for each chart, one text, or an event file for each curve.</summary>
    /// <param name="run">The run.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <returns>The files, in the order of their writing.</returns>
    /// <exception cref="InputException">There is no such format, nothing to write, or the folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(RecordedRun run, string format, string folder)
    {
        ArgumentNullException.ThrowIfNull(run);
        var files = Files(run, format).ToArray();
        if (files.Length == 0)
        {
            throw new InputException($"{run.Folder}: the run has nothing yet that {format} could show.");
        }

        try
        {
            foreach (var (name, content) in files)
            {
                var path = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, content);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--output {folder}: the files cannot be written ({e.Message}).", e);
        }

        return [.. files.Select(file => file.Name)];
    }

    private static IEnumerable<(string Name, byte[] Content)> Files(RecordedRun run, string format)
    {
        var charts = ReportSections.Of(run).SelectMany(section => section.Charts);
        return format switch
        {
            "svg" => charts.Select(chart => ($"{chart.Id}.svg", Encoding.UTF8.GetBytes(SvgChart.Write(chart)))),
            "csv" => charts.Select(chart => ($"{chart.Id}.csv", Encoding.UTF8.GetBytes(ChartCsv.Write(chart)))),
            "md" => [("report.md", Encoding.UTF8.GetBytes(Markdown(run)))],
            "tensorboard" => run.Curves.Select(Events),
            _ => throw new InputException($"--format is {format}, but must be one of {string.Join(", ", Formats)}."),
        };
    }

    private static string Markdown(RecordedRun run)
    {
        var text = new StringBuilder($"# {run.Name}\n");
        foreach (var section in ReportSections.Of(run))
        {
            text.Append($"\n## {section.Title}\n");
            foreach (var paragraph in section.Answers)
            {
                text.Append($"\n{paragraph}\n");
            }

            foreach (var table in section.Tables)
            {
                text.Append($"\n#{table.ToMarkdown()}".TrimEnd('\n')).Append('\n');
            }
        }

        return text.ToString();
    }

    // The name of the folder is the name of the curve. The clock counts steps as seconds: a run does not note when each was.
    private static (string Name, byte[] Content) Events(RecordedCurve curve)
    {
        using var stream = new MemoryStream();
        var file = new EventFile(stream);
        file.Begin(0);
        Write("loss/training", curve.Steps, curve.Loss);
        Write("loss/smoothed", curve.Steps, curve.SmoothedLoss);
        foreach (var (part, values) in curve.Parts)
        {
            Write($"loss/{part} part", values.Steps, values.Loss);
            Write($"score/{part}", values.Steps, values.Score);
        }

        var name = curve.Seed is { } seed ? FormattableString.Invariant($"{curve.Engine} seed {seed}") : curve.Engine;
        return ($"{name.Replace(' ', '-')}/events.out.tfevents.0.rnncompare", stream.ToArray());

        void Write(string tag, IReadOnlyList<double> steps, IReadOnlyList<double> values)
        {
            foreach (var (step, value) in steps.Zip(values))
            {
                file.Scalar(step, (long)step, tag, value);
            }
        }
    }
}
