using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace RnnCompare.Tests.Shared;

/// <summary>Writes the files of a run with numbers that are easily recognised.</summary>
internal static class SampleRun
{
    /// <summary>The engines.</summary>
    public static readonly string[] Engines = ["manual", "autograd", "fused"];

    private static readonly int[] SeparationSteps = [1, 2, 5, 10, 20, 50, 100, 200];

    /// <summary>The step whose loss stands out, and the loss.</summary>
    public const int PeakStep = 37;

    /// <summary>The loss at <see cref="PeakStep"/>.</summary>
    public const double Peak = 123.25;

    /// <summary>The loss of an engine, 0 to 2, at a step.</summary>
    public static double Loss(int engine, int step) => step == PeakStep && engine == 1 ? Peak : (80 * Math.Exp(-step / 60.0)) + 10 + engine + (3 * Math.Sin(step * (1.7 + engine)));

    /// <summary>A whole run.</summary>
    /// <param name="folder">Its folder, which is created.</param>
    /// <param name="steps">The noted steps of each engine.</param>
    /// <param name="config">Values in place of the usual ones.</param>
    public static void Write(string folder, int steps = 200, params (string Key, object Value)[] config)
    {
        Begin(folder, config);
        File.WriteAllText(Path.Combine(folder, "metrics.csv"), Header + Rows(1, steps));
        File.WriteAllText(Path.Combine(folder, "summary.json"), Summary(steps).ToJsonString());
    }

    /// <summary>The first line of <c>metrics.csv</c>.</summary>
    public const string Header = "step,engine,loss,smoothedLoss,trainingLoss,trainingScore,validationLoss,validationScore,testLoss,testScore\n";

    /// <summary>A folder with a config alone, as a run leaves it when it begins.</summary>
    public static void Begin(string folder, params (string Key, object Value)[] config)
    {
        Directory.CreateDirectory(folder);
        var values = new JsonObject
        {
            ["name"] = Path.GetFileName(folder),
            ["task"] = "names",
            ["cells"] = "tanh",
            ["hiddenSize"] = 7,
            ["sequenceLength"] = 5,
            ["batchSize"] = 3,
            ["learningRate"] = 0.1,
            ["reduction"] = "sum",
            ["precision"] = "float32",
            ["engines"] = "manual,autograd,fused",
            ["steps"] = 200,
            ["threads"] = 1,
            ["seed"] = 1,
        };
        foreach (var (key, value) in config)
        {
            values[key] = JsonValue.Create(value);
        }

        File.WriteAllText(Path.Combine(folder, "config.json"), "// how it was run\n" + values.ToJsonString());
    }

    /// <summary>Rows of <c>metrics.csv</c>, an evaluation at every tenth step.</summary>
    public static string Rows(int from, int to)
    {
        var text = new StringBuilder();
        for (var step = from; step <= to; step++)
        {
            for (var engine = 0; engine < Engines.Length; engine++)
            {
                var evaluation = step % 10 == 0 ? string.Create(CultureInfo.InvariantCulture, $",,,{Loss(engine, step) / 20:R},{Loss(engine, step) / 30:R},,") : ",,,,,,";
                text.Append(CultureInfo.InvariantCulture, $"{step},{Engines[engine]},{Loss(engine, step):R},{90 - (step / 10.0):R}{evaluation}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The root of <c>summary.json</c>.</summary>
    public static JsonObject Summary(int steps)
    {
        return new()
        {
            ["format"] = 1,
            ["name"] = "sample",
            ["end"] = new JsonObject { ["kind"] = "completed", ["steps"] = steps },
            ["environment"] = new JsonObject { ["processor"] = "a <b>processor</b> & more", ["libTorch"] = "2.10.0", ["blas"] = null },
            ["metric"] = "bits per character",
            ["baseline"] = new JsonObject { ["name"] = "frequencies of pairs", ["test"] = 3.5 },
            ["engines"] = new JsonObject(Engines.Select((name, i) => KeyValuePair.Create<string, JsonNode?>(name, Engine(i)))),
            ["gradientsBeforeTraining"] = new JsonArray(Agreement("autograd", "float64", 1e-16), Agreement("fused", "float64", 1e-16), Agreement("autograd", "float32", 1e-7), Agreement("fused", "float32", 1e-7)),
            ["weightsAfterTraining"] = new JsonArray(Agreement("autograd", "float32", 1e-3), Agreement("fused", "float32", 1e-3)),
            ["separations"] = new JsonArray(new JsonObject
            {
                ["cell"] = "tanh",
                ["points"] = new JsonArray([.. SeparationSteps.Select(step => new JsonObject
                {
                    ["step"] = step,
                    ["distances"] = new JsonArray(1e-8 * step * step, 2e-8 * step * step),
                    ["perturbed"] = 3e-8 * step * step,
                })]),
                ["twinSmoothedLoss"] = 70.5,
            }),
            ["gradientFlow"] = new JsonArray(new JsonObject
            {
                ["cell"] = "tanh",
                ["spectralNorm"] = 1.5,
                ["manual"] = new JsonArray(2.0, 0.5, 0.125, 0, 0),
                ["autograd"] = new JsonArray(2.0, 0.5, 0.125, 0, 0),
            }),
            ["samples"] = new JsonArray("Ceox", "Zaskun </script><script>alert(1)</script>"),
        };
    }

    private static JsonObject Engine(int index)
    {
        var median = 0.0002 * (1 + (9 * index));
        return new()
        {
            ["cell"] = "tanh",
            ["smoothedLoss"] = 70.0 + index,
            ["stepsPerSecond"] = 1 / median,
            ["stepsPerSecondQuartiles"] = new JsonArray(0.8 / median, 1.1 / median),
            ["stepTimes"] = new JsonObject
            {
                ["count"] = 190,
                ["percentiles"] = new JsonArray([.. Enumerable.Range(0, 101).Select(percent => JsonValue.Create(median * (0.8 + (percent * percent * percent / 1e6) + (percent / 500.0))))]),
                ["median"] = median,
                ["medianInterval"] = new JsonArray(0.98 * median, 1.02 * median),
                ["ratio"] = 1 + (9 * index),
                ["ratioInterval"] = new JsonArray(0.97 * (1 + (9 * index)), 1.03 * (1 + (9 * index))),
                ["shareOfLimit"] = 0.3 / (1 + (9 * index)),
            },
            ["scores"] = new JsonObject
            {
                ["validation"] = new JsonObject { ["loss"] = 1.5, ["score"] = 2.25 + (0.125 * index) },
                ["test"] = new JsonObject { ["loss"] = 1.75, ["score"] = 2.5 + (0.125 * index) },
            },
            ["weights"] = null,
        };
    }

    private static JsonObject Agreement(string engine, string precision, double floor)
    {
        var tensors = new JsonObject();
        string[] names = ["loss", "dWxh", "dWhh", "dbh", "dWhy", "dby"];
        for (var i = 0; i < names.Length; i++)
        {
            tensors[names[i]] = new JsonObject { ["relative"] = i == 0 ? 0 : floor * (0.5 + (0.3 * i)), ["floor"] = floor * (1 + (0.1 * i)) };
        }

        return new()
        {
            ["cell"] = "tanh",
            ["expected"] = "manual",
            ["actual"] = engine,
            ["precision"] = precision,
            ["agrees"] = true,
            ["limit"] = 16,
            ["tensors"] = tensors,
        };
    }
}
