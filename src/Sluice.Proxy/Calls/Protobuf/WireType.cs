namespace Sluice.Proxy.Calls.Protobuf;

/// <summary>How a field of a Protocol Buffers message is written.</summary>
public enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    Fixed32 = 5,
}
