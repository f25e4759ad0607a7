namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rate of every group of an optimizer, once per call of <see cref="step()"/>.</summary>
            public abstract class LRScheduler
            {
                private readonly List<ILearningRateController> groups;
                private readonly bool verbose;
                private int epoch;

                private protected LRScheduler(Optimizer optimizer, int last_epoch, bool verbose)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    groups = [.. optimizer.ParamGroups];
                    (epoch, this.verbose) = (last_epoch, verbose);
                }

                /// <summary>Goes on from the current rates to the next epoch.</summary>
                public virtual void step() => step(null);

                /// <summary>Goes on from the current rates to the next epoch, or takes the closed form of a given one.</summary>
                public virtual void step(int? epoch)
                {
                    this.epoch = epoch ?? this.epoch + 1;
                    foreach (ILearningRateController group in groups)
                    {
                        double rate = epoch is null
                            ? Next(group.LearningRate, group.InitialLearningRate, this.epoch)
                            : At(group.InitialLearningRate, this.epoch);
                        if (verbose && rate != group.LearningRate) Console.WriteLine($"Learning rate of epoch {this.epoch}: {rate}");
                        group.LearningRate = rate;
                    }
                }

                /// <summary>As <see cref="step(int?)"/>: these schedules do not look at a metric.</summary>
                /// <param name="current">Without effect.</param>
                /// <param name="epoch">The epoch; null means the next.</param>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The rate of each group as it is when it is read.</summary>
                public IEnumerable<double> get_last_lr() => groups.Select(group => group.LearningRate);

                /// <summary>The rate of an epoch from the one before.</summary>
                private protected abstract double Next(double rate, double initial, int epoch);

                /// <summary>The rate of an epoch by itself.</summary>
                private protected abstract double At(double initial, int epoch);
            }
        }
    }
}
