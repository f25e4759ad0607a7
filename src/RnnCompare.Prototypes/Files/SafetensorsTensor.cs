namespace RnnCompare.Prototypes.Files;

/// <summary>What a safetensors header says of one array.</summary>
/// <param name="Name">Names it.</param>
/// <param name="Layout">Type and shape.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte behind its last.</param>
internal sealed record SafetensorsTensor(ArrayName Name, ArrayLayout Layout, long Begin, long End);
