using System.Text.Json;

namespace Sluice.Resources.Reading.Json;

/// <summary>
/// What is left out of objects as an API server gives them, since nothing here reads it and it may be larger than all the rest:
/// status, metadata.managedFields, and the annotations in which tools keep copies of objects.
/// </summary>
/// <remarks>Also left out is the annotation that names endpoints by hand: in a cluster it would lead traffic around the rules for EndpointSlices.</remarks>
internal sealed class ServerFields
{
    /// <summary>Bytes of an annotation's value; longer ones are nothing that a proxy is configured by. Those of the Gateway API end at 4,096.</summary>
    private const int LongestAnnotation = 16_384;

    private bool _inMetadata;
    private bool _inAnnotations;

    public void Start() => _inMetadata = _inAnnotations = false;

    /// <summary>The reader stands at the name of a field.</summary>
    public bool LeavesOut(ref Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth)
        {
            case 1:
                _inMetadata = reader.ValueTextEquals("metadata"u8);
                return reader.ValueTextEquals("status"u8);
            case 2 when _inMetadata:
                _inAnnotations = reader.ValueTextEquals("annotations"u8);
                return reader.ValueTextEquals("managedFields"u8);
            case 3 when _inMetadata && _inAnnotations:
                return reader.ValueTextEquals("kubectl.kubernetes.io/last-applied-configuration"u8)
                    || reader.ValueTextEquals("sluice.dev/endpoints"u8)
                    || IsLong(reader);
            default:
                return false;
        }
    }

    private static bool IsLong(Utf8JsonReader reader) => reader.Read() && reader.ValueSpan.Length > LongestAnnotation;
}
