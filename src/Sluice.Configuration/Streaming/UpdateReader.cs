using System.Text.Json;
using Sluice.Configuration.Json;

namespace Sluice.Configuration.Streaming;

/// <summary>
/// Reads updates, frame by frame, and keeps what they lead to: the last whole configuration, made of the instances of the one before
/// where nothing changed. After a <see cref="StreamFormatException"/> it is of no use any more.
/// </summary>
public sealed class UpdateReader
{
    private ConfigurationTables _current;
    private PendingUpdate? _pending;

    /// <param name="current">What there is already, as <see cref="UpdateBase.Digest"/> means it; null for nothing.</param>
    public UpdateReader(ConfigurationTables? current = null) => _current = current ?? ConfigurationTables.Empty;

    /// <summary>The last whole configuration.</summary>
    public ConfigurationTables Current => _current;

    /// <summary>Its version; 0 before the first update.</summary>
    public long Version { get; private set; }

    /// <summary>Takes a frame of an update.</summary>
    /// <returns>Whether it was the last of its update, so that <see cref="Current"/> is new.</returns>
    /// <exception cref="StreamFormatException">It is not what may come here.</exception>
    public bool Read(FrameType type, ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return Read(type, document.RootElement);
        }
        catch (JsonException error)
        {
            throw new StreamFormatException($"frame {type}: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // What JsonElement says of a value that is of another kind.
            throw new StreamFormatException($"frame {type}: {error.Message}", error);
        }
    }

    private bool Read(FrameType type, JsonElement element)
    {
        if (type == FrameType.Begin)
        {
            Begin(element);
            return false;
        }

        if (_pending is not { } pending)
            throw new StreamFormatException($"frame {type} stands outside of an update");
        pending.Expect(type);
        switch (type)
        {
            case FrameType.Head:
                pending.ReadHead(element);
                break;
            case FrameType.Certificates:
                pending.ReadCertificates(element);
                break;
            case FrameType.Rules:
                pending.ReadRules(element);
                break;
            case FrameType.Clusters:
                pending.ReadClusters(element);
                break;
            case FrameType.Listeners:
                pending.ReadListeners(element);
                break;
            case FrameType.Routes:
                pending.ReadRoutes(element);
                break;
            case FrameType.Commit when pending.Version == Long(element, "version"):
                _current = pending.Build();
                Version = pending.Version;
                _pending = null;
                return true;
            default:
                throw new StreamFormatException($"frame {type} is none of update {pending.Version}");
        }

        return false;
    }

    private void Begin(JsonElement element)
    {
        if (_pending is not null)
            throw new StreamFormatException($"an update begins before update {_pending.Version} has ended");
        var version = Long(element, "version");
        if (version <= Version)
            throw new StreamFormatException($"update {version} comes after version {Version}");
        var from = element.Choice<UpdateBase>("base") switch
        {
            UpdateBase.Nothing => ConfigurationTables.Empty,
            UpdateBase.Digest when Version == 0 => _current,
            UpdateBase.Version when Long(element, "baseVersion") == Version && Version > 0 => _current,
            _ => throw new StreamFormatException($"update {version} builds on another configuration than version {Version}"),
        };
        _pending = new PendingUpdate(version, from);
    }

    private static long Long(JsonElement element, string name) =>
        element.OptionalElement(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : throw JsonFields.Wrong(name, "a whole number");
}
