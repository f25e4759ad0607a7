using System.Numerics;

namespace RnnCompare.Experiments.Tasks;

/// <summary>A task whose data may be large and are the same in every precision.</summary>
internal interface ISharedTask
{
    /// <summary>The same task in another precision, over the same data in memory.</summary>
    ITask<TOther> In<TOther>()
        where TOther : unmanaged, IFloatingPointIeee754<TOther>;
}
