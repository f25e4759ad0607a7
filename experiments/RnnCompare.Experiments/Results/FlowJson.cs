using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCompare.Experiments.Flow;
using RnnCompare.Experiments.Flow.Sweeps;

namespace RnnCompare.Experiments.Results;

/// <summary>How gradients flow, for programs: <c>flow.json</c>. What is not a finite number is null; a key that is absent was not measured.</summary>
/// <remarks>
/// The one place that defines the file. Its root has <c>format</c> (1), <c>cases</c> and, for a training that was followed,
/// <c>along</c>. Norms have six significant digits. Lists that belong to a layer name it as <c>layer</c> (from 0) and
/// <c>direction</c> (forward, reverse). Of a long sequence, a map has at most 128 of its losses and of its steps.
/// </remarks>
public static class FlowJson
{
    /// <summary>The version of the format.</summary>
    public const int Format = 1;

    private const int MostOfMap = 128;

    private static readonly JsonSerializerOptions Compact = new(SummaryJson.Written) { WriteIndented = false };

    /// <summary>The text of the file.</summary>
    public static string Write(FlowResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var root = new JsonObject
        {
            ["format"] = Format,
            ["cases"] = new JsonArray([.. result.Cases.Select(Case)]),
        };
        if (result.Along.Count > 0)
        {
            root["along"] = new JsonArray([.. result.Along.Select(Snapshot)]);
        }

        return root.ToJsonString(Compact) + "\n";
    }

    private static JsonObject Case(FlowCase flow)
    {
        var json = new JsonObject
        {
            ["name"] = flow.Name,
            ["cell"] = flow.Spec.Cell.Name,
            ["hiddenSize"] = flow.Spec.HiddenSize,
            ["layers"] = flow.Spec.Layers,
            ["steps"] = flow.Steps,
            ["batch"] = flow.BatchSize,
            ["sentence"] = flow.Sentence,
            ["norms"] = new JsonArray([.. flow.Norms.Select(norms => Placed(norms.Place, json => json["values"] = Numbers(norms.Values), norms.Engine))]),
            ["back"] = new JsonArray([.. flow.Back.Select(curve => new JsonObject { ["engine"] = curve.Engine, ["values"] = Numbers(curve.Norms) })]),
        };
        if (flow.Bound is { } bound)
        {
            json["bound"] = new JsonObject
            {
                ["spectralNorm"] = Number(bound.SpectralNorm),
                ["gamma"] = bound.Gamma,
                ["values"] = Numbers(Enumerable.Range(0, flow.Steps).Select(k => bound.At(k, flow.Back[0].Norms[0]))),
                ["sentence"] = bound.Sentence,
            };
        }

        if (flow.Gates.Count > 0)
        {
            json["gates"] = new JsonArray([.. flow.Gates.Select(Gate)]);
        }

        if (flow.Maps.Count > 0)
        {
            json["map"] = new JsonArray([.. flow.Maps.Select(Map)]);
        }

        if (flow.Spectra.Any(spectra => spectra.Steps.Count > 0))
        {
            json["jacobians"] = new JsonArray([.. flow.Spectra.Select(Jacobians)]);
            json["products"] = new JsonArray([.. flow.Spectra.Select(Products)]);
        }

        if (flow.Spectra.Any(spectra => spectra.Exponents is not null))
        {
            json["exponents"] = new JsonArray([.. flow.Spectra.Where(spectra => spectra.Exponents is not null).Select(Exponents)]);
        }

        return json;
    }

    private static JsonObject Gate(GateFlow gate)
    {
        return Placed(gate.Place, json =>
        {
            json["gate"] = gate.Gate;
            json["norms"] = Numbers(gate.Norms);
            json["low"] = Numbers(gate.Low);
            json["high"] = Numbers(gate.High);
            json["mean"] = Number(gate.Mean);
        });
    }

    private static JsonObject Map(FlowMap map)
    {
        int[] shown = [.. Thinning.Evenly(map.Norms.Rows, MostOfMap)];
        return Placed(map.Place, json =>
        {
            json["losses"] = Whole(shown);
            json["steps"] = Whole(shown);
            json["values"] = new JsonArray([.. shown.Select(s => Numbers(shown.Select(t => map.Norms[s, t])))]);
        });
    }

    private static JsonObject Jacobians(StepSpectra spectra)
    {
        var extremes = spectra.SingularValues.Select(FlowTables.Extremes).ToArray();
        return Placed(spectra.Place, json =>
        {
            json["steps"] = Whole(spectra.Steps);
            json["largest"] = Numbers(extremes.Select(values => values[0]));
            json["median"] = Numbers(extremes.Select(values => values[1]));
            json["smallest"] = Numbers(extremes.Select(values => values[2]));
        });
    }

    private static JsonObject Products(StepSpectra spectra)
    {
        return Placed(spectra.Place, json =>
        {
            json["steps"] = Whole(spectra.ProductSteps);
            json["logs"] = new JsonArray([.. spectra.LogProducts.Select(Numbers)]);
        });
    }

    private static JsonObject Exponents(StepSpectra spectra)
    {
        var exponents = spectra.Exponents!;
        return Placed(spectra.Place, json =>
        {
            json["values"] = Numbers(exponents.Values);
            json["lower"] = Numbers(exponents.Lower);
            json["upper"] = Numbers(exponents.Upper);
            json["confidence"] = LyapunovSpectrum.Confidence;
            json["steps"] = exponents.Steps;
            json["kaplanYorke"] = Number(exponents.KaplanYorkeDimension);
        });
    }

    private static JsonObject Snapshot(FlowSnapshot snapshot)
    {
        return new()
        {
            ["case"] = snapshot.Case,
            ["cell"] = snapshot.Cell,
            ["engine"] = snapshot.Engine,
            ["step"] = snapshot.Step,
            ["loss"] = Number(snapshot.Loss),
            ["gradientNorm"] = Number(snapshot.GradientNorm),
            ["clippedNorm"] = Number(snapshot.ClippedNorm),
            ["norms"] = Numbers(snapshot.Norms),
        };
    }

    private static JsonObject Placed(LayerPlace place, Action<JsonObject> fill, string? engine = null)
    {
        var json = new JsonObject();
        if (engine is not null)
        {
            json["engine"] = engine;
        }

        json["layer"] = place.Layer;
        json["direction"] = place.Direction;
        fill(json);
        return json;
    }

    private static JsonArray Whole(IEnumerable<int> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);

    private static JsonNode? Number(double value)
    {
        return SummaryJson.Number(double.IsFinite(value) ? double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value);
    }
}
