namespace RnnCompare.Prototypes.Layouts;

/// <summary>What the name of an array says.</summary>
/// <param name="Stem">What stands in front, the same for both directions of a layer: a module's name.</param>
/// <param name="Name">The tensor's name in the convention.</param>
/// <param name="Layer">The layer's number; null where the stem stands for it.</param>
/// <param name="Reverse">Whether it is the backward direction.</param>
internal readonly record struct LayerName(string Stem, string Name, int? Layer, bool Reverse);
