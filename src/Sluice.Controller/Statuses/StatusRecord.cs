using Sluice.Resources;

namespace Sluice.Controller.Statuses;

/// <summary>What is wanted of one object's status, and what the API server has. Guarded by the <see cref="StatusBook"/> that it stands in.</summary>
internal sealed class StatusRecord(StatusTable table, string kind, NamespacedName key)
{
    public StatusTable Table { get; } = table;

    public string Kind { get; } = kind;

    public NamespacedName Key { get; } = key;

    /// <summary>Null: nothing of ours is to stand there.</summary>
    public object? Wanted { get; set; }

    /// <summary>The value of status as JSON, empty when there is none; null when it is not known.</summary>
    public byte[]? Observed { get; set; }

    /// <summary>Of the object when its status was observed.</summary>
    public string ResourceVersion { get; set; } = "";

    /// <summary>The pass over all that is wanted in which the record was seen last.</summary>
    public long Pass { get; set; }

    /// <summary>When the record is to be looked at; null: there is nothing to do.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>A request for it is under way.</summary>
    public bool IsBusy { get; set; }

    public DateTimeOffset LastWrite { get; set; }

    /// <summary>Writes in a row that changed nothing but numbers of attached routes.</summary>
    public int CountWrites { get; set; }

    /// <summary>Writes in a row of what was written already, because somebody else changed it.</summary>
    public int Rewrites { get; set; }

    /// <summary>What was written last.</summary>
    public object? Written { get; set; }

    /// <summary>Requests in a row that the API server refused.</summary>
    public int Refusals { get; set; }
}
