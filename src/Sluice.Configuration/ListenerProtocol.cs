namespace Sluice.Configuration;

/// <summary>What a listener speaks (Gateway API ProtocolType, those that the data plane serves).</summary>
public enum ListenerProtocol
{
    Http,
}
