using Sluice.Proxy.Engine;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Layer4.ProxyProtocol;
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
        table?.Connection?.Probes?.Apply(descriptor);
        if (table?.ProxyProtocol is { } trusted && (!table.TakesPlain || trusted.Contains(address)))
        {
            if (trusted.Contains(address))
            {
                services.Relays.RentHeader().Accept(descriptor, binding, new ClientAddress(address));
                return;
            }

            services.Metrics.CountProxyHeader(ProxyHeaderStatus.Untrusted);
            Close(descriptor);
            return;
        }

        switch (table?.Protocol)
        {
            case PortProtocol.Tcp:
                services.Relays.Accept(descriptor, binding, table);
                break;
            case PortProtocol.Tls:
                services.RentHandshake().Accept(descriptor, binding, address);
                break;
            default:
                services.RentDownstream().Accept(descriptor, binding, address);
                break;
        }
    }

    /// <summary>
    /// Goes on with a connection whose PROXY protocol header has been read, as the port's protocol has it. False when there is
    /// nobody to give it to: it is then to be closed. Otherwise the object that it began as is no longer needed.
    /// </summary>
    public static bool TryContinue(StreamConnection connection, PortBinding binding, WorkerServices services, in ClientAddress client)
    {
        var table = binding.Table;
        switch (table?.Protocol)
        {
            case PortProtocol.Tcp:
                var listener = table.OnlyListener;
                if (services.Relays.Choose(listener.Stream, table) is not { } cluster)
                {
                    services.Relays.Refuse(listener, connection.Descriptor);
                    return false;
                }

                services.Relays.Begin(connection, binding, listener, cluster, client, default);
                return true;
            case PortProtocol.Tls:
                services.RentHandshake().Continue(connection, binding, client);
                return true;
            default:
                services.RentDownstream().Continue(connection, binding, client);
                return true;
        }
    }

    public void OnExhausted() => services.Metrics.DescriptorsExhausted++;

    private void Close(int descriptor)
    {
        Libc.close(descriptor);
        services.OnDownstreamClosed();
    }
}
