using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

public class ScopeTests
{
    [Fact]
    public void Scopes_DisposeOfWhatWasCreatedInThem()
    {
        Tensor kept, gone;
        using (NewDisposeScope())
        {
            kept = from_array(new double[] { 1 });
            gone = from_array(new double[] { 2 });
            kept.DetachFromDisposeScope();
        }

        Assert.True(gone.IsInvalid);
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void MoveToOuter_LeavesATensorToTheOuterScope()
    {
        using var outer = NewDisposeScope();
        Tensor moved;
        using (DisposeScope inner = NewDisposeScope())
        {
            moved = from_array(new double[] { 1 });
            Assert.True(inner.Contains(moved));
            Assert.Same(moved, moved.MoveToOuterDisposeScope());
            Assert.False(inner.Contains(moved));
        }

        Assert.False(moved.IsInvalid);
        Assert.True(outer.Contains(moved));
        Assert.Same(outer, CurrentDisposeScope);
        outer.Dispose();
        Assert.True(moved.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Scopes_MayEndOutOfOrder()
    {
        DisposeScope outer = NewDisposeScope(), inner = NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => inner.Detach(Array.Empty<IDisposable>()));
    }

    [Fact]
    public void Statistics_CountWhatHappenedOnTheThread()
    {
        LifetimeStatistics counts = DisposeScopeManager.Statistics.TensorStatistics;
        counts.Reset();
        Tensor outside = from_array(new double[] { 1 });
        using (DisposeScope scope = NewDisposeScope())
        {
            Tensor inside = outside + 1;
            (outside * 2).Dispose();
            scope.Attach(outside);
            Assert.Equal(2, scope.DisposablesCount);
            Assert.Equal(2, counts.ThreadTotalLiveCount);
            inside.DetachFromDisposeScope().Dispose();
        }

        Assert.True(outside.IsInvalid);
        Assert.Equal((1, 2), (counts.CreatedOutsideScopeCount, counts.CreatedInScopeCount));
        Assert.Equal((1, 2), (counts.DisposedOutsideScopeCount, counts.DisposedInScopeCount));
        Assert.Equal((1, 1), (counts.AttachedToScopeCount, counts.DetachedFromScopeCount));
        Assert.Equal(0, counts.ThreadTotalLiveCount);
    }

    [Fact]
    public void Parameters_TakeTheirTensorsPlace()
    {
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Parameter parameter;
        using (DisposeScope scope = NewDisposeScope())
        {
            Tensor data = from_array(new double[] { 1 });
            parameter = new Parameter(data);
            Assert.True(data.IsInvalid);
            Assert.True(parameter.requires_grad);
            Assert.Equal(1, scope.DisposablesCount);
            Assert.True(scope.Contains(parameter));
        }

        Assert.True(parameter.IsInvalid);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void PackedSequences_AreCountedAndDisposedOfWhole()
    {
        DisposeScopeManager.Statistics.Reset();
        long live = Values.LiveTensorsAfterCollection();
        using (NewDisposeScope())
        {
            Tensor input = from_array(new double[3, 2, 1]);
            nn.utils.rnn.PackedSequence packed =
                nn.utils.rnn.pack_padded_sequence(input, from_array(new long[] { 1, 3 }), enforce_sorted: false);
            Assert.Equal([2, 1, 1], packed.batch_sizes.data<long>().ToArray());
            Assert.Equal(1, DisposeScopeManager.Statistics.PackedSequenceStatistics.ThreadTotalLiveCount);
        }

        Assert.Equal(0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(live, SystemLibrary.LiveTensors);
    }
}
