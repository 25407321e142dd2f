using Sluice.Proxy.Engine;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Runtime;

/// <summary>Makes client connections of accepted sockets, of the kind that the port's configuration asks for now.</summary>
internal sealed class ClientAcceptor(PortBinding binding, WorkerServices services) : IAcceptor
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
        var table = binding.Table;
        switch (table?.Protocol)
        {
            case PortProtocol.Tcp:
                services.Relays.Accept(descriptor, binding, table);
                break;
            default:
                services.RentDownstream().Accept(descriptor, binding, address);
                break;
        }
    }

    public void OnExhausted() => services.Metrics.DescriptorsExhausted++;
}
