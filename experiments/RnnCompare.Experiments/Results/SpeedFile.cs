using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCompare.Experiments.Speed;

namespace RnnCompare.Experiments.Results;

/// <summary>A speed measurement as a file, to be compared with later: every round of every engine, and what it was measured on.</summary>
public sealed class SpeedFile
{
    private const int Format = 1;

    private readonly Dictionary<(string Case, string Engine), (double[] Seconds, double Limit)> _measured = [];

    private SpeedFile()
    {
    }

    /// <summary>The text of a file.</summary>
    public static string Write(RunEnvironment environment, IReadOnlyList<SpeedResult> results)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new JsonObject
        {
            ["format"] = Format,
            ["processor"] = environment.Processor,
            ["runtime"] = environment.Runtime,
            ["results"] = new JsonArray([.. results.SelectMany(result => result.Engines.Select(engine => new JsonObject
            {
                ["case"] = NameOf(result.Case),
                ["engine"] = engine.Engine,
                ["threads"] = engine.Threads,
                ["limitFlopsPerSecond"] = result.Limit.FlopsPerSecond,
                ["secondsOfRounds"] = new JsonArray([.. engine.Rounds.Select(seconds => JsonValue.Create(seconds))]),
            }))]),
        }.ToJsonString(SummaryJson.Written) + "\n";
    }

    /// <summary>Reads a file that was written on this machine.</summary>
    /// <exception cref="InputException">It is none, or another machine's.</exception>
    public static SpeedFile Read(string path, RunEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var file = new SpeedFile();
        var text = InputFile.ReadText(path);
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.GetProperty("format").GetInt32() is var format && format > Format)
            {
                throw new InputException($"{path}: the format is {format}, but this version reads up to {Format}.");
            }

            if (root.GetProperty("processor").GetString() is var processor && processor != environment.Processor)
            {
                throw new InputException($"{path}: it was measured on {processor}, but this machine is {environment.Processor}; times can only be compared on one machine.");
            }

            foreach (var result in root.GetProperty("results").EnumerateArray())
            {
                double[] seconds = [.. result.GetProperty("secondsOfRounds").EnumerateArray().Select(value => value.GetDouble())];
                file._measured[(result.GetProperty("case").GetString()!, result.GetProperty("engine").GetString()!)] = (seconds, result.GetProperty("limitFlopsPerSecond").GetDouble());
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"{path}: this is not a file of rnncompare speed --output ({e.Message.ReplaceLineEndings(" ")})", e);
        }

        return file._measured.Values.All(measured => measured.Seconds.Length > 0) && file._measured.Count > 0 ? file : throw new InputException($"{path}: nothing was measured in it.");
    }

    /// <summary>Every engine and case that both measurements have.</summary>
    public IReadOnlyList<EarlierSpeed> Compare(IReadOnlyList<SpeedResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return
        [
            .. from result in results
               from engine in result.Engines
               where _measured.ContainsKey((NameOf(result.Case), engine.Engine))
               let earlier = _measured[(NameOf(result.Case), engine.Engine)]
               select EarlierSpeed.Of(NameOf(result.Case), engine.Engine, earlier.Seconds, engine.Rounds, result.Limit.FlopsPerSecond / earlier.Limit),
        ];
    }

    private static string NameOf(SpeedCase speedCase) => $"{speedCase.Cell.Name} {speedCase.Sizes}";
}
