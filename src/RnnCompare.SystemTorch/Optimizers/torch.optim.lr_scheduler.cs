namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules of learning rates, counted in epochs: one per call of <see cref="LRScheduler.step()"/>.</summary>
        /// <remarks>A schedule makes its first step when it is created: with last_epoch -1 epoch 0 begins, at the initial rate.</remarks>
        public static partial class lr_scheduler
        {
            /// <summary>Multiplies the rate by <paramref name="gamma"/> every <paramref name="step_size"/> epochs.</summary>
            /// <param name="optimizer">Whose groups' rates it sets.</param>
            /// <param name="step_size">Epochs between two changes, at least 1.</param>
            /// <param name="gamma">The factor of a change.</param>
            /// <param name="last_epoch">The epoch before the one that begins.</param>
            /// <param name="verbose">Whether every change is written to the console.</param>
            /// <exception cref="ArgumentOutOfRangeException"><paramref name="step_size"/> is below 1.</exception>
            public static LRScheduler StepLR(
                Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new Decay(optimizer, step_size, gamma, last_epoch, verbose);

            /// <summary>Multiplies the rate by <paramref name="gamma"/> every epoch.</summary>
            /// <param name="optimizer">Whose groups' rates it sets.</param>
            /// <param name="gamma">The factor of an epoch.</param>
            /// <param name="last_epoch">The epoch before the one that begins.</param>
            /// <param name="verbose">Whether every change is written to the console.</param>
            public static LRScheduler ExponentialLR(
                Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new Decay(optimizer, 1, gamma, last_epoch, verbose);

            /// <summary>
            /// Half a cosine from the initial rate down to <paramref name="eta_min"/> in <paramref name="T_max"/> epochs, and up again
            /// (Loshchilov &amp; Hutter 2017).
            /// </summary>
            /// <param name="optimizer">Whose groups' rates it sets.</param>
            /// <param name="T_max">Epochs of the way down, and of the way up after it.</param>
            /// <param name="eta_min">The lowest rate.</param>
            /// <param name="last_epoch">The epoch before the one that begins.</param>
            /// <param name="verbose">Whether every change is written to the console.</param>
            public static LRScheduler CosineAnnealingLR(
                Optimizer optimizer, double T_max, double eta_min = 0.0, int last_epoch = -1, bool verbose = false) =>
                new Cosine(optimizer, T_max, eta_min, last_epoch, verbose);

            private sealed class Decay : LRScheduler
            {
                private readonly int size;
                private readonly double gamma;

                public Decay(Optimizer optimizer, int size, double gamma, int last_epoch, bool verbose)
                    : base(optimizer, last_epoch, verbose)
                {
                    ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
                    (this.size, this.gamma) = (size, gamma);
                    step();
                }

                private protected override double Next(double rate, double initial, int epoch) =>
                    epoch == 0 || epoch % size != 0 ? rate : rate * gamma;

                private protected override double At(double initial, int epoch) => initial * Math.Pow(gamma, epoch / size);
            }

            private sealed class Cosine : LRScheduler
            {
                private readonly double length;
                private readonly double floor;

                public Cosine(Optimizer optimizer, double length, double floor, int last_epoch, bool verbose)
                    : base(optimizer, last_epoch, verbose)
                {
                    (this.length, this.floor) = (length, floor);
                    step();
                }

                // PyTorch's recursion; where the cosine of the epoch before is -1 it starts upward from the floor.
                private protected override double Next(double rate, double initial, int epoch)
                {
                    if (epoch == 0) return rate;
                    if ((epoch - 1 - length) % (2 * length) == 0)
                        return rate + ((initial - floor) * (1 - Math.Cos(Math.PI / length)) / 2);
                    return floor + ((rate - floor) * (1 + Math.Cos(Math.PI * epoch / length)) / (1 + Math.Cos(Math.PI * (epoch - 1) / length)));
                }

                private protected override double At(double initial, int epoch) =>
                    floor + ((initial - floor) * (1 + Math.Cos(Math.PI * epoch / length)) / 2);
            }
        }
    }
}
