using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Equations.Running;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Edits;

/// <summary>One forward pass, after which edited backward passes are run one after another in the same memory.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class EditedPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnWeights<T> _weights;
    private readonly SequenceBatch<T> _batch;
    private readonly NetworkRun<T> _right;
    private RnnWeights<T>? _withoutMatrices;

    /// <summary>Computes the forward pass.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="batch">The batch, with targets. Tokens become one-hot inputs, so that every edit can read them.</param>
    /// <param name="programs">The programs of which it is the forward pass; null for those that follow from the cell's equations.</param>
    /// <param name="disturbance">What changes every value as soon as it is computed; null for nothing.</param>
    public EditedPass(RnnWeights<T> weights, SequenceBatch<T> batch, NetworkPrograms? programs = null, Disturbance<T>? disturbance = null)
    {
        _weights = weights;
        _batch = (batch with { Inputs = new(batch.Inputs.ToDense(weights.Spec.InputSize)) }).Prepare(weights.Spec, needsTargets: true);
        _right = new(weights, programs, batch.Steps, batch.BatchSize, disturbance: disturbance);
        _right.Forward(_batch);
        LoadStateBefore();
    }

    /// <summary>Multiplications that a run costs, about.</summary>
    public double Cost => 2.0 * _batch.Steps * _batch.BatchSize * _weights.Tensors.Sum(tensor => tensor.Values.Length);

    /// <summary>The programs without an edit.</summary>
    public NetworkPrograms Programs => _right.Programs;

    /// <summary>The letters of shapes, with their numbers, of a layer's program, or of the read-out's.</summary>
    /// <param name="layer">Which layer and direction; −1 for the read-out.</param>
    public IReadOnlyDictionary<string, int> Letters(int layer) => layer < 0 ? _right.ReadOut.Memory.Letters : _right.Layers[layer].Memory.Letters;

    /// <summary>The batch, with inputs that every edit can read.</summary>
    public SequenceBatch<T> Batch => _batch;

    /// <summary>B.</summary>
    public int BatchSize => _right.BatchSize;

    /// <summary>The program of a layer and direction; −1 is the read-out's.</summary>
    public StepProgram ProgramOf(int layer) => layer < 0 ? Programs.ReadOut : Programs.Layers[layer];

    /// <summary>The step that a layer's direction computes last, or the read-out's last.</summary>
    public int LastOf(int layer) => layer >= 0 && _right.Layers[layer].Memory.IsReverse ? 0 : ReadOutOrLayer(layer).Steps - 1;

    /// <summary>A value of the forward pass, or an adjoint as the last run left it: a row for every (step, sequence) pair.</summary>
    /// <param name="layer">The layer and direction; −1 for the read-out.</param>
    /// <param name="name">Its name.</param>
    /// <param name="shift">0, or −1 for the step before.</param>
    public Matrix<double> ValueOf(int layer, string name, int shift)
    {
        var memory = ReadOutOrLayer(layer);
        var all = memory[name];
        var before = memory.Before(name);
        var values = Matrix<double>.Build.Dense(all.Rows, all.Columns);
        for (var row = 0; row < all.Rows; row++)
        {
            var source = memory.IsReverse ? row - (shift * BatchSize) : row + (shift * BatchSize);
            for (var j = 0; j < all.Columns; j++)
            {
                values[row, j] = double.CreateChecked(source < 0 ? before[source + BatchSize, j] : source >= all.Rows ? before[source - all.Rows, j] : all[source, j]);
            }
        }

        return values;
    }

    /// <summary>The array in which a weight's gradient is given, and its first element there.</summary>
    /// <param name="layer">The layer and direction; −1 for the read-out.</param>
    /// <param name="weight">The weight.</param>
    public (string Array, int Offset) PlaceOf(int layer, string weight)
    {
        if (layer < 0)
        {
            return (TensorNames.Gradient(weight), 0);
        }

        var spec = _weights.Spec;
        var (tensor, offset) = EquationCell.EquationsOf(spec.Cell).PlaceOf(weight, Letters(layer));
        return (TensorNames.Gradient(tensor + TensorNames.Suffix(layer / spec.Directions, layer % spec.Directions == 1)), offset);
    }

    /// <summary>Whether dL/dx is computed.</summary>
    public bool HasInputGradient { get; init; } = true;

    /// <summary>Runs an edited backward pass behind the forward pass.</summary>
    /// <param name="programs">The programs.</param>
    /// <param name="withMatrices">Whether the gradients of matrices are computed, which cost most of a run; otherwise they are zero, and the arrays are those of the next such run.</param>
    /// <returns>The gradients of weights, inputs and initial states, and dL/dh_t.</returns>
    public TensorSet Run(NetworkPrograms programs, bool withMatrices = true)
    {
        withMatrices |= Reads(programs, variable => variable.Role == VariableRole.Gradient);
        var withInputs = HasInputGradient || Reads(programs, variable => variable.Name == AdjointNames.Of(Scope.Input));
        for (var layer = -1; layer < programs.Layers.Count; layer++)
        {
            foreach (var variable in ProgramOf(layer).Scope.Variables.Where(variable => variable is { Role: VariableRole.Weight, Shape.IsMatrix: true }))
            {
                ReadOutOrLayer(layer).Give(AdjointNames.Of(variable.Name), !withMatrices);
            }
        }

        var network = new NetworkRun<T>(_weights, programs, _right.Steps, _right.BatchSize, memoryOf: _right);
        var (gradients, dx) = (withMatrices ? new(_weights.Spec) : _withoutMatrices ??= new(_weights.Spec), withInputs ? new NdArray<T>([.. _batch.Inputs.Values!.Shape]) : null);
        var loss = network.Backward(_batch, gradients, dx);
        return TensorSet.Of(GradientResult<T>.Of(loss, gradients, dx, network, _batch));
    }

    private static bool Reads(NetworkPrograms programs, Func<Variable, bool> isMeant)
    {
        return programs.Layers.Prepend(programs.ReadOut).Any(program => program.Backward.Any(statement => statement.Value.Parts().Any(part => part is Reference reference && isMeant(program.Scope[reference.Name]))));
    }

    private StepMemory<T> ReadOutOrLayer(int layer) => layer < 0 ? _right.ReadOut.Memory : _right.Layers[layer].Memory;

    // What h[t-1] is to the read-out: the top layer's state before the first step, or before the last where only that is read.
    private void LoadStateBefore()
    {
        var spec = _weights.Spec;
        if (spec.Bidirectional)
        {
            return;
        }

        var state = EquationCell.EquationsOf(spec.Cell).States[0].Name;
        var before = _right.ReadOut.Memory.Before(state);
        var top = _right.Layers[^1];
        for (var b = 0; b < _batch.BatchSize; b++)
        {
            var step = spec.Outputs == OutputMode.EveryStep ? 0 : _batch.LengthOf(b) - 1;
            (step == 0 ? top.Memory.Before(state).Row(b) : top.Features.Row(((step - 1) * _batch.BatchSize) + b)).CopyTo(before.Row(b));
        }
    }
}
