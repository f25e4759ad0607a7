using System.Numerics;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Equations.Running;

/// <summary>A program bound to memory: what the steps of a layer, or a read-out, compute.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// What does not depend on other steps is computed for all of them at once, the products with the input before the loop and
/// the sums of the weights after it. Past the end of a sequence its states and carries stay as they are, and all else is zero.
/// </remarks>
public sealed class StepRun<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BoundPass<T> _forward;
    private readonly BoundPass<T> _backward;

    /// <summary>Binds a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="memory">Where its values stand; its names are declared there.</param>
    /// <param name="like">A run in the same memory of a program that differs in a few statements; null for none. What is the same is not bound again.</param>
    /// <exception cref="ArgumentException">An edited statement does not fit; the message names it.</exception>
    public StepRun(StepProgram program, StepMemory<T> memory, StepRun<T>? like = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(memory);
        Program = program;
        Memory = memory;
        foreach (var variable in like is null ? program.Scope.Variables : [])
        {
            memory.Declare(variable);
        }

        _forward = BoundPass<T>.Of(program.Forward, program.Scope, memory, like?._forward);
        _backward = BoundPass<T>.Of(program.Backward, program.Scope, memory, like?._backward);
    }

    /// <summary>The program.</summary>
    public StepProgram Program { get; }

    /// <summary>The values.</summary>
    public StepMemory<T> Memory { get; }

    /// <summary>Computes every forward statement; inputs, weights and the states before the first step must stand in the memory.</summary>
    /// <param name="lengths">The steps of each sequence; null where all have T.</param>
    public void Forward(IReadOnlyList<int>? lengths = null) => Run(_forward.Statements, lengths, isBackward: false);

    /// <summary>Computes every backward statement; the forward values and the adjoint of what is handed on must stand in the memory.</summary>
    /// <param name="lengths">The steps of each sequence; null where all have T.</param>
    /// <param name="keepsCarries">Whether something arrives at the last step from steps beyond it: what stands there in the memory (<see cref="StepMemory{T}.Last"/>).</param>
    public void Backward(IReadOnlyList<int>? lengths = null, bool keepsCarries = false) => Run(_backward.Statements, lengths, isBackward: true, keepsCarries);

    private void Run(BoundStatement<T>[] all, IReadOnlyList<int>? lengths, bool isBackward, bool keepsCarries = false)
    {
        BoundStatement<T>[] statements = [.. all.Where(statement => !statement.Target.IsGiven)];
        foreach (var statement in statements)
        {
            statement.Prepare();
            if (statement is { IsSum: true, Adds: true })
            {
                statement.Target.Shared.Clear();
            }

            if (statement.Role == VariableRole.Carry && !keepsCarries)
            {
                Memory.Last(statement.Target.Name).Clear();
            }
        }

        ComputeAll(statements, Phase.Before, lengths, isBackward);
        BoundStatement<T>[] loop = [.. statements.Where(statement => statement.Phase == Phase.Loop)];
        foreach (var statement in loop)
        {
            statement.ComputeKnown(Memory.AllSteps);
        }

        for (var order = 0; order < Memory.Steps && loop.Length > 0; order++)
        {
            ComputeStep(loop, Memory.StepAt(isBackward ? Memory.Steps - 1 - order : order), lengths);
        }

        ComputeAll(statements, Phase.After, lengths, isBackward);
    }

    private void ComputeAll(BoundStatement<T>[] statements, Phase phase, IReadOnlyList<int>? lengths, bool isBackward)
    {
        // Zeros past the ends would become NaN on the way.
        BoundStatement<T>[] sums = [.. statements.Where(statement => statement.Phase == phase && statement is { IsSum: true, Adds: true })];
        var isByStep = lengths is not null && sums.Any(statement => statement.IsDelicate);
        foreach (var statement in statements.Where(statement => statement.Phase == phase))
        {
            if (statement is { IsSum: true, Adds: false })
            {
                // Assigned at every step, the last that is computed stays.
                statement.Compute(Memory.RowsAt(Memory.StepAt(isBackward ? 0 : Memory.Steps - 1), 0, Memory.BatchSize));
                continue;
            }

            if (isByStep && statement is { IsSum: true, Adds: true })
            {
                continue;
            }

            statement.Compute(Memory.AllSteps);
            if (lengths is not null && !statement.IsSum)
            {
                ClearPastEnds(statement, lengths);
            }
        }

        for (var t = 0; t < Memory.Steps && isByStep; t++)
        {
            ComputeStep(sums, t, lengths);
        }
    }

    private void ClearPastEnds(BoundStatement<T> statement, IReadOnlyList<int> lengths)
    {
        for (var b = 0; b < lengths.Count; b++)
        {
            for (var t = lengths[b]; t < Memory.Steps; t++)
            {
                statement.Clear(Memory.RowsAt(t, b, 1));
            }
        }
    }

    private void ComputeStep(BoundStatement<T>[] loop, int t, IReadOnlyList<int>? lengths)
    {
        for (int start = 0, end; start < Memory.BatchSize; start = end)
        {
            var isActive = lengths is null || t < lengths[start];
            end = lengths is null ? Memory.BatchSize : start + 1;
            while (end < Memory.BatchSize && t < lengths![end] == isActive)
            {
                end++;
            }

            var block = Memory.RowsAt(t, start, end - start);
            foreach (var statement in loop)
            {
                if (isActive)
                {
                    statement.Compute(block, isOneStep: true);
                }
                else if (statement.Role is VariableRole.State or VariableRole.Carry)
                {
                    statement.Hold(block, Memory.RowsAway(-1));
                }
                else if (!statement.IsSum)
                {
                    statement.Clear(block);
                }
            }
        }
    }
}
