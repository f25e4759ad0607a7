namespace RnnCompare.Cells;

/// <summary>Neighbouring gates whose recurrent product is taken at once.</summary>
/// <param name="FirstGate">The index of the first gate in the cell's order.</param>
/// <param name="Count">The number of gates.</param>
public readonly record struct GateBlock(int FirstGate, int Count);
