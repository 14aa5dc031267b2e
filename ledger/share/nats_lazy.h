/* ledger/share/nats_lazy.h - libnats, loaded when a shared log on JetStream is first opened.
 *
 * Nothing is linked to it, so that no other command takes longer to load. */
#ifndef BC_LEDGER_SHARE_NATS_LAZY_H
#define BC_LEDGER_SHARE_NATS_LAZY_H

#include "ledger/base/err.h"

#include <nats/nats.h>

/* Every function of libnats that is called here. */
#define NATS_LAZY_EACH(X)                                                                          \
    X(jsDirectGetMsgOptions_Init)                                                                  \
    X(jsMsgMetaData_Destroy)                                                                       \
    X(jsPubAck_Destroy)                                                                            \
    X(jsStreamConfig_Init)                                                                         \
    X(jsStreamInfo_Destroy)                                                                        \
    X(jsSubOptions_Init)                                                                           \
    X(jsOptions_Init)                                                                              \
    X(js_AddStream)                                                                                \
    X(js_DirectGetMsg)                                                                             \
    X(js_GetLastMsg)                                                                               \
    X(js_GetMsg)                                                                                   \
    X(js_GetStreamInfo)                                                                            \
    X(js_PublishMsg)                                                                               \
    X(js_SubscribeSync)                                                                            \
    X(jsCtx_Destroy)                                                                               \
    X(natsConnection_Connect)                                                                      \
    X(natsConnection_Destroy)                                                                      \
    X(natsConnection_GetMaxPayload)                                                                \
    X(natsConnection_IsClosed)                                                                     \
    X(natsConnection_JetStream)                                                                    \
    X(natsMsgHeader_Get)                                                                           \
    X(natsMsgHeader_Set)                                                                           \
    X(natsMsg_Create)                                                                              \
    X(natsMsg_Destroy)                                                                             \
    X(natsMsg_GetData)                                                                             \
    X(natsMsg_GetDataLength)                                                                       \
    X(natsMsg_GetMetaData)                                                                         \
    X(natsMsg_GetSequence)                                                                         \
    X(natsMsg_GetSubject)                                                                          \
    X(natsOptions_Create)                                                                          \
    X(natsOptions_Destroy)                                                                         \
    X(natsOptions_LoadCATrustedCertificates)                                                       \
    X(natsOptions_SetErrorHandler)                                                                 \
    X(natsOptions_SetFailRequestsOnDisconnect)                                                     \
    X(natsOptions_SetMaxPingsOut)                                                                  \
    X(natsOptions_SetMaxReconnect)                                                                 \
    X(natsOptions_SetNKeyFromSeed)                                                                 \
    X(natsOptions_SetName)                                                                         \
    X(natsOptions_SetPingInterval)                                                                 \
    X(natsOptions_SetReconnectJitter)                                                              \
    X(natsOptions_SetReconnectWait)                                                                \
    X(natsOptions_SetSecure)                                                                       \
    X(natsOptions_SetSendAsap)                                                                     \
    X(natsOptions_SetServers)                                                                      \
    X(natsOptions_SetTimeout)                                                                      \
    X(natsOptions_SetUserCredentialsFromFiles)                                                     \
    X(natsStatus_GetText)                                                                          \
    X(natsSubscription_Destroy)                                                                    \
    X(natsSubscription_NextMsg)                                                                    \
    X(nats_GetLastError)                                                                           \
    X(nats_GetVersion)

#define NATS_LAZY_POINTER(name) __typeof__(name) *name; /* NOLINT: that is a name */
struct nats_lazy {
    NATS_LAZY_EACH(NATS_LAZY_POINTER)
};
#undef NATS_LAZY_POINTER

/* Loaded once, it stays. BC_E_IO: it cannot be loaded, or is so old that it lacks something. One
 * thread at a time. */
bc_status nats_lazy_load(const struct nats_lazy **out, struct bc_err *err);

#endif
