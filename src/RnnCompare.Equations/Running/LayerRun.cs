using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Equations.Running;

/// <summary>A layer in one direction: its program, and where its weights lie.</summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed class LayerRun<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly CellEquations _equations;

    // Where each weight lies: its name, the tensor, and where it begins in that.
    private readonly (string Name, string Tensor, int Offset)[] _places;

    internal LayerRun(CellEquations equations, StepProgram program, StepMemory<T> memory)
    {
        _equations = equations;
        Run = new(program, memory);
        _places = [.. equations.PlacesIn(memory.Letters)];
    }

    /// <summary>The layer with another program, in the same memory.</summary>
    internal LayerRun(LayerRun<T> like, StepProgram program)
    {
        (_equations, _places) = (like._equations, like._places);
        Run = new(program, like.Memory, like.Run);
    }

    /// <summary>The bound program.</summary>
    public StepRun<T> Run { get; }

    /// <summary>The values.</summary>
    public StepMemory<T> Memory => Run.Memory;

    /// <summary>What the layer hands on, at all steps (T·B, H).</summary>
    public MatrixView<T> Features => Memory[_equations.States[0].Name];

    /// <summary>The adjoint of <see cref="Features"/> from outside of the recurrence.</summary>
    public MatrixView<T> dFeatures => Memory[AdjointNames.Out(_equations.States[0].Name)];

    /// <summary>The whole adjoint of what the layer hands on.</summary>
    public MatrixView<T> dHidden => Memory[AdjointNames.Of(_equations.States[0].Name)];

    /// <summary>What enters (T·B, I).</summary>
    public MatrixView<T> Inputs => Memory[Scope.Input];

    /// <summary>The adjoint of what enters.</summary>
    public MatrixView<T> dInputs => Memory[AdjointNames.Of(Scope.Input)];

    /// <summary>Says where the weights are.</summary>
    internal void PlaceWeights(LayerWeights<T> weights) => Place(weights, name => name);

    /// <summary>Says where the gradients go.</summary>
    internal void PlaceGradients(LayerWeights<T> gradients) => Place(gradients, AdjointNames.Of);

    /// <summary>Takes what left the first step of another layer or direction as what arrives at the last step of this one.</summary>
    internal void CopyCarries(LayerRun<T> from)
    {
        foreach (var carry in Run.Program.Scope.Variables.Where(variable => variable.Role == VariableRole.Carry))
        {
            from.Memory.Before(carry.Name).CopyTo(Memory.Last(carry.Name));
        }
    }

    /// <summary>Takes the inputs of a batch.</summary>
    internal void LoadInputs(SequenceInputs<T> inputs)
    {
        if (inputs.Tokens is { } tokens && !Run.Program.Forward.Concat(Run.Program.Backward).Any(statement => ReadsInputElsewhere(statement.Value)))
        {
            Memory.SetTokens(Scope.Input, tokens.Data);
            Memory.Give(AdjointNames.Of(Scope.Input));
            return;
        }

        Memory.SetTokens(Scope.Input, null);
        Memory.Give(AdjointNames.Of(Scope.Input), inputs.Tokens is not null);
        inputs.ToDense(Inputs.Columns).View().CopyTo(Inputs);
    }

    /// <summary>Takes the state before the first step; zeros where none is given.</summary>
    internal void LoadState(RnnState<T>? state, int index)
    {
        foreach (var (name, values, start) in Parts(state))
        {
            var initial = Memory.Before(name);
            if (values is null)
            {
                initial.Clear();
            }
            else
            {
                PartOf(values, index, start, initial.Columns).CopyTo(initial);
            }
        }
    }

    /// <summary>Copies the state after each sequence's last step.</summary>
    internal void CopyFinalState(RnnState<T> destination, int index)
    {
        foreach (var (name, values, start) in Parts(destination))
        {
            var last = Memory.Last(name);
            last.CopyTo(PartOf(values!, index, start, last.Columns));
        }
    }

    /// <summary>Copies the adjoint of the state before the first step.</summary>
    internal void CopyInitialGradient(RnnState<T> destination, int index)
    {
        foreach (var (name, values, start) in Parts(destination))
        {
            var carry = Memory.Before(AdjointNames.Next(name));
            carry.CopyTo(PartOf(values!, index, start, carry.Columns));
        }
    }

    // The first state is the hidden state, the others stand side by side in the cell state.
    private IEnumerable<(string Name, NdArray<T>? Values, int Start)> Parts(RnnState<T>? state)
    {
        yield return (_equations.States[0].Name, state?.Hidden, 0);
        var start = 0;
        foreach (var other in _equations.States.Skip(1))
        {
            yield return (other.Name, state?.Cell, start);
            start += other.Length.Evaluate(Memory.Letters);
        }
    }

    private MatrixView<T> PartOf(NdArray<T> states, int index, int start, int columns)
    {
        return states.View().RowRange(index * Memory.BatchSize, Memory.BatchSize).ColumnRange(start, columns);
    }

    private void Place(LayerWeights<T> tensors, Func<string, string> nameOf)
    {
        foreach (var (name, tensor, offset) in _places)
        {
            Memory.Place(nameOf(name), tensors[tensor].Data, offset);
        }
    }

    // In products one-hot inputs are look-ups; anywhere else they have to be there.
    private static bool ReadsInputElsewhere(Expression expression)
    {
        return expression switch
        {
            Reference reference => reference.Name == Scope.Input,
            Expressions.MatrixProduct product => product.Operands.Any(operand => operand is not (Reference or Transpose { Operand: Reference }) && ReadsInputElsewhere(operand)),
            _ => expression.Operands.Any(ReadsInputElsewhere),
        };
    }
}
