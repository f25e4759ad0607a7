using System.Globalization;
using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Experiments.Training;
using RnnCompare.Models;
using RnnCompare.Models.Initialization;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Speed;

/// <summary>A training step whose speed is measured: float32, cross-entropy at every step, SGD.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Steps">T.</param>
/// <param name="BatchSize">B.</param>
/// <param name="InputSize">I.</param>
/// <param name="HiddenSize">H.</param>
/// <param name="OutputSize">O.</param>
/// <param name="Tokens">Whether tokens enter instead of vectors.</param>
public sealed record SpeedCase(RecurrentCell Cell, int Steps, int BatchSize, int InputSize, int HiddenSize, int OutputSize, bool Tokens = false)
{
    /// <summary>The sizes as they stand in tables: <c>(25, 1, 65, 100, 65)</c>.</summary>
    public string Sizes => string.Create(CultureInfo.InvariantCulture, $"({Steps}, {BatchSize}, {InputSize}, {HiddenSize}, {OutputSize}){(Tokens ? " tokens" : "")}");

    /// <summary>The floating-point operations of the products that a step cannot do without, <see cref="StepFlops"/>.</summary>
    public double Flops => StepFlops.Of(Spec, Tokens, (double)Steps * BatchSize, (double)Steps * BatchSize);

    /// <summary>
    /// The bytes that a step must move at least where nothing stays in a cache, every array written once and read once:
    /// inputs (read forward and backward), gates and states with their adjoints, outputs with theirs; weights (read forward
    /// and by the update, which writes them), gradients of weights.
    /// </summary>
    public double Bytes
    {
        get
        {
            double rows = Cell is EquationCell { Equations: var equations }
                ? equations.Step.Forward.Where(statement => equations.Step.Scope[statement.Name].Role == VariableRole.Value).Sum(statement => equations.Step.Scope[statement.Name].Shape.Last.Evaluate(equations.LettersFor(InputSize, HiddenSize)))
                : Spec.GateRows;
            var weights = Cell.Tensors(InputSize, HiddenSize).Sum(tensor => tensor.Blocks.Sum(block => (double)block.Rows * block.Columns)) + (OutputSize * (Spec.FeatureSize + 1.0));
            var inputs = Tokens ? 2 * sizeof(long) : 2.0 * sizeof(float) * InputSize;
            var values = 2 * 2 * (rows + HiddenSize + OutputSize);
            return (sizeof(float) * 5 * weights) + ((double)Steps * BatchSize * (inputs + (sizeof(float) * values)));
        }
    }

    /// <summary>The network.</summary>
    public RnnSpec Spec => new() { Cell = Cell, InputSize = InputSize, HiddenSize = HiddenSize, OutputSize = OutputSize };

    /// <summary>Weights as nn.RNN would begin with.</summary>
    public RnnWeights<float> CreateWeights(int seed) => InitializerTable.Named("torch").Create<float>(Spec, new Random(seed));

    /// <summary>A batch of random inputs and targets.</summary>
    public SequenceBatch<float> CreateBatch(int seed)
    {
        var random = new Random(seed);
        var targets = new NdArray<long>([.. Indices(OutputSize)], Steps, BatchSize);
        return new()
        {
            Inputs = Tokens ? new(new NdArray<long>([.. Indices(InputSize)], Steps, BatchSize)) : new(Vectors()),
            Targets = new(targets),
        };

        IEnumerable<long> Indices(int size) => Enumerable.Range(0, Steps * BatchSize).Select(_ => (long)random.Next(size));

        NdArray<float> Vectors()
        {
            var values = Enumerable.Range(0, Steps * BatchSize * InputSize).Select(_ => (2 * random.NextSingle()) - 1);
            return new([.. values], Steps, BatchSize, InputSize);
        }
    }
}
