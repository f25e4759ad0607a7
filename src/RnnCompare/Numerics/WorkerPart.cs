namespace RnnCompare.Numerics;

/// <summary>One part of a job that <see cref="Workers"/> share; parts run at the same time and must write to different memory.</summary>
/// <param name="state">What the caller of <see cref="Workers.Run"/> handed in; all parts see the same.</param>
/// <param name="part">The number of the part, from 0.</param>
public delegate void WorkerPart<TState>(ref TState state, int part)
    where TState : allows ref struct;
