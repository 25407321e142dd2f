using Sluice.Proxy.Engine;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Http1;

/// <summary>Makes client connections of accepted sockets.</summary>
internal sealed class HttpAcceptor(PortBinding binding, WorkerServices services) : IAcceptor
{
    public void OnAccepted(int descriptor, ReadOnlySpan<byte> address)
    {
        if (!services.Connections.TryIncrement())
        {
            services.Metrics.ConnectionsOverLimit++;
            Libc.close(descriptor);
            return;
        }

        services.Metrics.DownstreamAccepted++;
        services.RentDownstream().Accept(descriptor, binding, address);
    }

    public void OnExhausted() => services.Metrics.DescriptorsExhausted++;
}
