using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Equations.Running;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>Measures how gradients vanish or explode on their way back in time.</summary>
internal static class FlowMeasurement
{
    /// <summary>The most steps of a sequence: a map has as many losses, each with a backward pass of its own.</summary>
    public const int MostSteps = 1000;

    // Multiply-adds of about two seconds each: decompositions of the products, backward passes of the map.
    private const double MostProductWork = 5e7;
    private const double MostMapWork = 2e9;

    /// <summary>Measures a network on a batch.</summary>
    /// <param name="name">What the case is called.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="batch">A batch with targets.</param>
    /// <param name="engines">The engines; those that do not see dL/dh_t are left out.</param>
    /// <param name="detail">What is measured beside the norms.</param>
    /// <returns>Null where no engine sees dL/dh_t.</returns>
    public static FlowCase? Measure(string name, RnnWeights<double> weights, SequenceBatch<double> batch, IEnumerable<string> engines, FlowDetail detail)
    {
        var spec = weights.Spec;
        var places = FlowMap.Places(spec);
        var (norms, back) = (new List<FlowNorms>(), new List<FlowCurve>());
        var lastStep = new RnnWeights<double>(spec with { Outputs = OutputMode.LastStep });
        lastStep.CopyFrom(weights);
        var lastBatch = batch with { Targets = LastTargets(spec, batch) };
        foreach (var engineName in engines)
        {
            using var engine = EngineFactory.Create(engineName, weights);
            if (engine.Gradients(batch).Hidden is not { } hidden)
            {
                continue;
            }

            norms.AddRange(places.Select((place, i) => new FlowNorms(engineName, place, FlowNorms.OfSteps(hidden, i))));
            using var lastEngine = EngineFactory.Create(engineName, lastStep);
            back.Add(new(engineName, FlowNorms.BackFromTheEnd(lastEngine.Gradients(lastBatch).Hidden!, (spec.Layers - 1) * spec.Directions, batch)));
        }

        if (back.Count == 0)
        {
            return null;
        }

        var (gates, adjoints) = detail == FlowDetail.Norms ? ([], []) : Layers(weights, batch);
        return new()
        {
            Name = name,
            Spec = spec,
            Steps = batch.Steps,
            BatchSize = batch.BatchSize,
            Norms = norms,
            Back = back,
            Bound = GradientBound.Of(weights),
            Gates = gates,
            Maps = detail >= FlowDetail.Map ? FlowMap.Measure(weights, batch) : [],
            Spectra = [.. adjoints.Select((adjoint, i) => detail == FlowDetail.All ? StepSpectra.Measure(places[i], adjoint, batch) : StepSpectra.MeasureExponents(places[i], adjoint, batch))],
        };
    }

    // What each layer did, as the engine knows it that has its cell.
    private static (IReadOnlyList<GateFlow> Gates, IReadOnlyList<IStepAdjoint> Adjoints) Layers(RnnWeights<double> weights, SequenceBatch<double> batch)
    {
        var spec = weights.Spec;
        if (spec.Cell is EquationCell { Equations: var equations })
        {
            batch = batch.Prepare(spec, needsTargets: true);
            var run = new NetworkRun<double>(weights, null, batch.Steps, batch.BatchSize);
            run.Forward(batch);
            run.Backward(batch, new(spec), dx: null);
            return (EquationGates.Of(equations, run, spec.Directions, batch), [.. FlowMap.Places(spec).Select(place => new EquationStepAdjoint(equations, run, weights, place))]);
        }

        using var manual = new ManualEngine<double>(weights);
        var records = manual.Record(batch);
        return (GateFlow.Of(spec, records, batch), [.. records.Select(record => new StepAdjoint(weights, record))]);
    }

    /// <summary>What can be measured within a few seconds, as at the end of a run.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="batch">The batch.</param>
    public static FlowDetail Affordable(RnnSpec spec, SequenceBatch<double> batch)
    {
        double state = spec.HiddenStateSize + (spec.Cell.HasCellState ? spec.Cell.CellStateSize(spec.HiddenSize) : 0);
        double recurrent = spec.Cell.Tensors(spec.InputSize, spec.HiddenSize).SelectMany(tensor => tensor.Blocks).Where(block => block.IsMatrix && !block.ReadsInput).Sum(block => block.Rows * block.Columns);
        double places = spec.Layers * spec.Directions;
        var mapWork = places * batch.Steps * batch.Steps * batch.BatchSize * recurrent;
        return places * batch.Steps * state * state * state <= MostProductWork ? FlowDetail.All
            : mapWork <= MostMapWork ? FlowDetail.Map
            : batch.Steps <= MostSteps ? FlowDetail.Exponents
            : FlowDetail.Norms;
    }

    private static SequenceTargets<double> LastTargets(RnnSpec spec, SequenceBatch<double> batch)
    {
        if (spec.Outputs == OutputMode.LastStep)
        {
            return batch.Targets!;
        }

        var rows = Enumerable.Range(0, batch.BatchSize).Select(b => ((batch.LengthOf(b) - 1) * batch.BatchSize) + b).ToArray();
        return batch.Targets!.Classes is { } classes
            ? new(new NdArray<long>([.. rows.Select(row => classes.Data[row])], rows.Length))
            : new(new NdArray<double>([.. rows.SelectMany(row => batch.Targets.Values!.Row(row).ToArray())], rows.Length, spec.OutputSize));
    }
}

/// <summary>How much is measured of a network; each has what those before it have.</summary>
internal enum FlowDetail
{
    /// <summary>Norms alone: what is cheap enough to be done again and again.</summary>
    Norms,

    /// <summary>Gates and the first exponents.</summary>
    Exponents,

    /// <summary>The map of losses and steps.</summary>
    Map,

    /// <summary>All exponents, and the singular values of steps and of their products.</summary>
    All,
}
