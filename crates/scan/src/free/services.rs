//! The names of services whose credentials have no shape of their own: a
//! random value that is named after one of them is taken for its key.

/// Names that mean a service wherever they stand.
pub(crate) const NAMES: &str = "
15five 2captcha 2checkout 2gis 8x8 abbysale abbyy ably abstractapi abusech abuseipdb abyssale accelo accuweather
acquia acrcloud activecampaign adafruit adapty addigy admob adobe adobeio adobesign adroll adyen adzuna aeroworkflow
africastalking afterpay aftership agilecrm agora aha ahrefs ai21 airbnb airbrake airbyte aircall airflowfernet
airfocus airship airtable airvisual aiven akamai akeyless alation alchemer alchemy alconost alegra alephalpha aletheia
aletheiaapi algolia alibaba alienvault alipay aliyun allsports alphavantage amadeus amap amazonads amazonlwa amazonmws
amazonsp ambee amberdata amplitude amplitudeapi angelone ankr ansibletower anthropic anticaptcha anydesk anymail
anypoint anyscale apacta api2cart api2pdf apiary apideck apiflash apifonica apifootball apify apigee apilayer apimatic
apimetrics apininjas apisports apitemplate apollo apollographql appcenter appcircle appcues appdynamics appfollow
appian applitools applovin appointedd appoptics appsflyer appsignal appsmith appsynergy apptivo appveyor appwrite
arangodb arbiscan arcgis arduino argocd arkose artifactory artsy asaas asana ashby assembla assemblyai astradb
astronomer atera atlassian atomic audd auddio aurigraph auth0 authentik authorizenet authorizenetsignature authress
authy autodesk autoklose automattic autopilot avalara avatax avaza avazapersonal aviationstack avinetworks aweber awin
axiomco axonaut aylien ayrshare azure azureapim azurebatch azuredevops azurefunction azuresearch azurestorage b2clogin
back4app backblaze backendless backstage baichuan baidu balena balldontlie bamboohr bannerbear barchart baremetrics
baseapi basecamp basescan baseten battlenet beamer beebole beehiiv beeminder behance belvo benzinga besnappy besttime
betterauth bettercloud betterstack betteruptime beyondtrust bigcommerce bigdatacloud bigquery billcom billomat binance
binaryedge bingads bingmaps bintray bitbar bitbucket bitcoinaverage bitfinex bitget bitgo bithumb bitly
bitlyaccesstoken bitmex bitmovin bitpanda bitpay bitrise bitso bitstamp bittrex blablabus blackduck blandai blazemeter
blitapp blockchaincom blockcypher blockdaemon blockfrost blocknative blogger bloomreach bluejeans bluesky bluesnap
blynk boldsign bombbomb bonusly boostnote borgbase braintree branchio brandfetch bravesearch braze brevo brex
brightdata browserbase browserless browserstack browshot bscscan buddyns budibase bugcrowd bugherd bugsnag buildbot
builderio buildkite builtwith bulbul bulksms bunnycdn bunnynet burstsms buttercms buttondown buymeacoffee buzzsprout
bybit bynder cachefly caflou calendarific calendly callrail calorieninja campaignmonitor campayn canny cannyio canva
canvaslms capsolver capsulecrm captaindata carbonblack carboninterface cartesia cashboard cashfree caspio cdn77 censys
centralstation centralstationcrm centrifugo cerebras ceridian cexio chainalysis chaindesk chainguard chainlink
chainstack chargebee chargify chartboost chartmogul chatbot chatfuel chatfule chatwork checio checkly checklyhq
checkmarx checkmk checkoutcom checkr checkvist cherryservers chromatic chronosphere cicero cin7 circleci circonus
ciscospark ciscoumbrella civitai clarifai claude clearbit clearml clevercloud clevertap clickatell clickbank clickhelp
clickhouse clicksend clickup cliengo clientary climacell clinchpad clockify clockwork clockworksms closecrm cloud66
cloudamqp cloudant cloudbees cloudconformity cloudconvert cloudelements cloudflare cloudimage cloudinary cloudkarafka
cloudmersive cloudns cloudplan cloudsight cloudsigma cloudsmith cloudways cloverly cloze clustdoc cockroachdb coda
codacy codeberg codeclimate codecov codefresh codeium codemagic codequiry codesandbox cognitoforms cohere cohesity
coinapi coinbase coinbene coincheck coindcx coingecko coinlayer coinlib coinmarketcap coinranking coinspot collect2
column cometchat cometml commercejs commercelayer commercetools commissionjunction commodities companieshouse
companyhub composio concourse conda conekta configcat confluent congressgov conjur constantcontact constellix
constructorio contabo contentful contentstack context7 conversiontools convertapi convertkit convier copper copyscape
coralogix couchbase couchdb countly countrylayer courier coursera covalent coveo coveralls coze cpanel craftmypdf
cratesio crawlbase criteo cronitor cronofy crossbrowsertesting crowdin crowdstrike crunchbase cryptocom cryptocompare
cryptomus culqi currencyapi currencycloud currencyfreaks currencylayer currencyscoop currentsapi customerguru
customerio cyberark cybersource cypressrecord d7network dagster dailyco dailymotion dandelion dareboost darksky
dashscope databento databox databricks datadog datafire dataforseo datagov datawrapper datocms dbtcloud deadmansnitch
debounce deepai deepbricks deepgram deepinfra deepl deepseek deepsource deezer defillama dehashed deliveroo demio
denodeploy dependabot dependencytrack deploybot deployhq deputy deribit descope desec designcrowd detectify detectlang
detectlanguage devcycle devto dexcom dfuse dgraph dhl dialogflow dialpad diffbot dify diggernaut digicert digitalocean
digitalriver dingtalk directus discogs discord discordapp discourse disqus ditto dlocal dnscheck dnsimple dnsmadeeasy
dnspod dockerhub dockerswarm docparser docraptor documo docuseal docusign doofinder doordash doppler dotdigital
dotmailer dovico draftable dreamhost dribbble dronahq droneci dropbox drpc druva dtrack duckdns duffel duolingo
duplicati duply dwolla dwtpro dydx dynadot dynalist dynatrace dynu dyspatch e2b eagleeye eagleeyenetworks easemob
easydns easyinsight easypost easyship ebanx ebay ecobee ecostruxure ecostruxureit ecwid edamam edenai edgio egnyte
eightxeight elasticcloud elasticemail elevenlabs eloqua elsevier emailoctopus emqx enablex endorlabs enigma enode env0
envoy envoyapi eodhd epicgames eppo equifax equinix eraser erpnext esri estated etherscan ethplorer etsy eventbrite
everhour evernote eversign exchangerate exchangeratesapi exoscale exotel expensify exportsdk expressvpn extracti
extractorapi facebook facebookoauth faceit faceplusplus fanarttv fastforex fastly fastspring fedex feedier feishu
fetchrss fibery figma fileio filestack fillout finage financialmodelingprep findl finicity finnhub fireblocks
firecrawl fireeye firehydrant fireworks fishaudio fitbit five9 fivetran fixerio flagsmith flatio fleetbase flexport
flickr flightapi flightaware flightlabs flightradar24 flightstats float floatapp flowdock flowflu flowise flowroute
flutterwave flyio fmfw fmp footballdata forgerock formbricks formbucket formcraft formio formsite formspree formstack
fortinet forwardemail foundry fountain foursquare frameio fraudlabspro freeagent freemius freshbooks freshdesk
freshping freshsales freshservice freshworks friendli friendliai friendlycaptcha frontapp frontegg ftx fulcrum
fullcontact fullhunt fullstory fusebill fusionauth fxmarket gainsight gamesparks gandi garmin gateio gcore geckoboard
gemini gengo geoapify geocode geocodify geocodio geoipifi geoipify geotab getblock getform getgeoapi getgist
getresponse getsandbox gettyimages getui ghost ghostinspector giantbomb giphy gitalk gitbook gitea gitguardian github
gitlab gitpod gitter gladia gladly glassfrog glassnode gmetrix gnews gocanvas gocardless gocd godaddy gohighlevel
goodday goodreads googleads googlemaps gorgias gosquared gotify govee gptzero grafana grammarly grandcentral graphcms
graphhopper greenhouse greynoise gridscale gridspan groovehq groq groqcloud growthbook gtmetrix guardianapi gumroad
gupshup guru gusto gyazo hackerone happyscribe haraj harness harvest hashicorp hashnode hasura haveibeenpwned hcaptcha
helcim helicone helius hellosign helpcrunch helpscout hereai hereapi heremaps heroku hetzner hevo heygen hibob
hiboutik hibp highcharts highlightio highnote hightouch hiveage hivemq holidayapi holistic homeassistant honeybadger
honeycomb honeycombapi honeycombio hookdeck hootsuite hostinger hotjar html2pdf htmlcsstoimage huaweicloud hubspot
huggingface humanapi humanity humio hunter hunterio hunyuan huobi hybiscus hybridanalysis hygraph hyperbolic
hypertrack hypertune ibkr ibmcloud ibmxforce icims iconfinder idenfy iexapis iexcloud ifttt igdb imagekit imagga imgbb
imgix imgur immich impactradius impala imperva improvmx incapsula incidentio infermedica infisical inflectra influxdb
infobip infracost infura insee insightly instabot instacart instagram instamojo instana integromat intellihr intelx
intercom interseller intigriti intra42 intrinio intuit invision invoiceocean ip2location ipapi ipdata ipgeolocation
ipifi ipify ipinfo ipinfodb ipquality ipregistry ipstack iqair ironsource isbndb iterable iugu iyzico jambonz jamf
jawg jdbc jellyfin jenkins jenkinsci jetbrains jfrog jina jinaai jira jiratoken jobvite jotform jpush jumio jumpcloud
jumpseller junipermist jupiterone juro justcall justwatch jwplayer jwtio kafka kaggle kagi kakao kaleyra kaltura
kamatera kanban kanbantool kandji karma karmacrm kayako keenio kentico keycdn kickbox kindly kinsta kinvey kissflow
kiteconnect klarna klaviyo klevu klipfolio knapsackpro knowlarity kochava kontent kount kraken kubecost kucoin
kustomer kylas labelstudio lacework lambdalabs lambdatest landingai langchain langflow langfuse langsmith
languagelayer languagetool laravelforge larksuite last9 lastfm lastpass launchable launchdarkly lazada leadfeeder
leakix leanplum leaseweb lemlist lemmy lemonsqueezy lendflow lessannoyingcrm lexigram librato lightstep linearb
linemessaging linenotify lingyi linkedin linkpreview linnworks linode linodeapi liquidplanner listennotes lit litellm
lithic liveagent liveblocks livechat livekit livepeer livestorm llamacloud llamaindex loadmill lob localazy localiq
localxpose locationiq logdna logdnaapi logentries loggly loginradius logrocket logtail logz logzio lokalise looker
loom loqate losant loyverse luadns lucidworks luma luminati lunarcrush lunchmoney luno lyft m3o macaddress madkudu
magento magicbell magiclink magnetic mailboxlayer mailchimp mailerlite mailersend mailgun mailgunapi mailjet
mailjetsms mailmodo mailosaur mailsac mailshake mailtrap mandrill mandrillapp mangopay mapbox mapillary mapquest
maptiler marketo marketstack marqeta marqo mastodon mathpix matomo mattermost mavenlink maxmind meaningcloud
mediastack meetup meilisearch meistertask mem0 memberful mendix meraki mercadobitcoin mercadolibre mercadopago
mergedev mergify mesibo messagebird messagemedia messari metaads metaapi metabase metabaseapi metamind meteostat
metoffice metrilo mexc mezmo microsofttranslator midise midtrans milvus mindee mindmeister minimax minimaxi minio
mintlify miro mistral mistralai mite mixcloud mixmax mixpanel mlab mockaroo modal modeanalytics moderation
moderntreasury modulr moengage mollie monday mongodb monkeylearn monnify monzo moodle moonclerk moonshot moonshotai
moosend moralis mosquitto mosyle motaword motherduck mouseflow moxtra mparticle mrticktock msg91 msteams mulesoft
mullvad murf musixmatch mux muxapi mybitcoin mydata mydocusign myexperiment myfreshworks myintervals n2yo n8n nagios
namecheap nango nanonets nansen nasa nasdaq naver navercloud ncbi nebius neo4j neptune netatmo netbird netcore nethunt
netlas netlify netlifycms netsuite neutrino neverbounce nevercode newrelic newsapi newscatcher newyorktimes nexmo
nextcloud nexusmods nftport nftstorage ngc ngrok ngrokapi nhost nicehash nicereply nightfall nightscout nimble nitro
nlpcloud noaa nocodb nomicai nomics nordigen nordvpn northflank noticeable notify notion novita novu nownodes nozbe
nozbeteams npmjs ns1 nsone ntfy nuget numverify nutanix nutritionix nuvei nvidia nylas nytimes oanda observeinc
ocrspace octoprint octopus odoo okru okta okx olark omdb omise omnisend onbuka ondemand onedesk onedrive onelogin
onepagecrm onepassword onesignal oneuptime onewaysms onfido onfleet onwaterio oopspam openai openaq opencage
opencagedata opencorporates opencve openexchange openfec opengraphr openobserve openpay openphone openproject
openrouter openrouteservice opensea openshift opensky openstack opentable opentok openuv openvpn openvsx openweather
openweatherapi openweathermap opscenter opsgenie optimizely optimoroute oracle orbit orcasecurity orderdesk
ordnancesurvey oura outlook outreach outsystems overloop ovh owlbot owncloud oxylabs ozonetel pachyderm packagecloud
packagist paddle pagarme pagerduty pagerdutyrouting pagertree pagseguro paloalto pandadoc pandadocs pandascore
paperform paperspace papertrail papyrs paralleldots pardot parsehub parsers parseur particle particleio partnerstack
partykit pastebin patreon paydirt payfort paylocity paymo paymongo payoneer paypal paypalapi paystack paytm payu
pcloud pdfco pdflayer pdfmonkey pdfshift peopledatalabs pepipost percy perigon permitio perplexity personio petfinder
pexels phabricator phabricatorcli phantombuster philipshue phind phonecom phonepe photoroom phrase phraseaccesstoken
phrasetms pinata pinecone pingdom pingidentity pinterest pipedream pipedrive pirsch pivotal pivotaltracker pixabay
plaid plaidapi planday planetlabs planetscale planview planviewleankit planyo platformsh plausible playfab playht
playwright plesk plivo ploi pocketbase podio poeditor poll pollsapi poloniex polygon polymath polytomic porkbun
portainer positionstack postageapp postbacks postgrid posthog posthogapi postman postmark posty powerbi
powershellgallery powrbot prefect prestashop presto printful printify prismacloud prismic pritunl privacycom privateai
proabono procore prodigi prodpad productboard productplan projectdiscovery propelauth prospectcrm prospectio
protocolsio protonvpn proxmox proxycrawl proxycurl pspdfkit pubnub pulsedive pulumi purestake pushbullet pusher
pushover pushwoosh pypi qase qbox qdrant qianfan qiniu qiwi qonversion qstash qualaroo qualtrics qualys quandl qubole
questdb quickbase quickbooks quickbooksonline quickmetrics quicknode rabbitmq rackspace radarr railsr railway
raindropio rakuten ramp rancher rapidapi rapyd raven rawg raygun rayso razorpay reachmail reactapp readme readthedocs
readwise reallysimplesystems realtymole rebrandly recaptcha rechargepayments recraft recurly redash reddit redis
redmine redpanda refiner regulationsgov remotecom remove.bg removebg rentcast rentman repairshopr replicate replyio
requestfinance rescuetime resend restpack restpackhtmltopdf restpackscreenshot retell retellai rev rev.ai revamp
revampcrm revenuecat revolut rillet ringcentral riotgames rippling ritekit roam roaring robinhood roblox roboflow
rocketchat rocketreach rockset rollbar rongcloud ronin roninapp rootly route4me routee rownd rsyncnet rubrik rubygems
rudderstack rundeck runpod runrunit runscope runwayml sailpoint saleor salesblink salescookie salesflare salesforce
salesloft salesmate saltedge saltstack sambanova samgov sanity santiment satismeter satispay saucelabs saxo scaleai
scaleway scalewaykey scalingo scalr schwab scoutapm scrapegraph scrapeowl scraperapi scraperbox scrapersite
scraperstack scrapestack scrapfly scrapingant scrapingbee scrapingdog scrapinghub screenshotapi screenshotlayer
scrutinizer scrutinizerci searchspring seatable seatgeek securitytrails segment selectpdf semanticscholar semantria
semaphore sematext semgrep semrush sendbird sendcloud sendgrid sendinblue sendinblueapi sendle sendpulse sendy
sentiment sentinelhub sentinelone sentry seranking serpapi serper serphouse serpstack serpstat servicenow settlemint
sheety sherpadesk shipbob shipday shipengine shippo shipstation shodan shopee shopify shortcut shorten shortio
shotstack shutterstock sidekiq sigfox signable signalfx signalwire signaturit signl4 signnow signoz signrequest
signupgenius signwell sigopt siliconflow simfin similarweb simpleanalytics simplehash simplesat simplybook simplynoted
simvoly sinch sinchapi sinchmessage singlestore sirv sistrix site24x7 sitecore siteleaf skrapp skrappio skybiometry
skyscanner slack sleekflow smartcar smartlead smartling smartlook smartproxy smartsheet smartsheets smartthings
smartystreets smooch sms77 smsapi smsglobal smtp2go snapchat snaplogic snipcart snowflake snowplow snowtrace snyk
snykkey socialbu socket socrata softlayer solarwinds sonarcloud sonarqube sonarr sonatype soundcloud sourcegraph
sourcehut spacelift spaceship sparkpost speechace speechify speechmatics speechtextai splitio splitwise splunk
splunkobservability spoonacular sportmonks sportradar sportsdataio sportsmonk spotify spotinst sproutsocial spryng
spyfu sqreen squadcast square squarespace squareup sslmate ssomobile stability stabilityai stackblitz stackexchange
stackhawk stackoverflow stadiamaps statsig statuscake statushub statuspage statuspal steam stepfun stepzen stitchdata
stockdata stocktwits storecove storj stormboard stormglass stormpath stormpathapi storyblok storychief strapi
strapiapi strava streak streamnative stripe stripo stytch sugarcrm sugester suiteapi sumologic sumologicapi sumsub
sumup supabase supernotes superset supertokens supportbee surveyanyplace surveybot surveymonkey surveysparrow
survicate svix swaggerhub swell swiftype swipely switchbot symfony synctera synthesia sysdig tableau tabnine taboola
taiga tailscale tailscaleapi talkjs tallyfy targetprocess tarsnap tatum tatumio tavily tawk taxjar tdameritrade
teamcity teamgate teamleader teamviewer teamwork technicalanalysisapi tefter telegram telesign teletype telit telnyx
temporal tencent tencentcloud tenderly termii terraform terraformcloud testingbot testrail text2data textlocal
textmagic thegraph theodds theoddsapi thesportsdb thethingsnetwork thetvdb thingsboard thingspeak thinkific thirdweb
thousandeyes thunderforest tibber ticketmaster ticketsource tickettailor ticktick tiingo tiktok tiktokapi timecamp
timescale timezoneapi timezonedb tines tinify tinybird tinybirdco tinypng tly tmdb tmetric todoist together togetherai
togetherxyz toggl tokbox tokeet tolgee tomorrowio tomtom tookan totango track17 tradier tradingview trafiklab trakt
transferwise translate transloadit travelpayouts travisci treasuryprime trello triggerdev trmlabs trongrid tru
truelayer truenas trufflehog trustpilot tumblr turbopuffer turborepo tuya twelvedata twilio twingate twist twitch
twitter twitterapi tyntec typeform typesense typetalk ubidots uclassify udemy ultradns ultralytics umbraco unbounce
unifi unify unifyid unisender unplugg unsplash unsplashapi upbit upcdatabase upcloud uplead uploadcare uploadthing
uproc upsplash upstash upstox uptimecom uptimerobot uptrace upwave upyun urlbox urlscan urlscanio usda userflow
userfront userpilot usersnap userstack uservoice usps vagrant vagrantcloud valtown valueserp vapi vastai vasttrafik
vatlayer vbout veeam veeqo veracode vercel verifalia veriff verimail veriphone versioneye veryfi vespa viber victorops
viewneo vimeo virustotal visibleapi visualcrossing vmware voiceflow voicegain volcengine vonage vonageapi voodoosms
vouchery voyage voyageai vpnapi vultr vungle vwo vyte wakatime walkscore walmart wandb wappalyzer wavefront weatherapi
weatherbit weatherstack weaviate web3storage webex webflow webhookrelay webiny weblate webscraper webscraping
websitepulse webzio wechat wecom weglot weibo weightsandbiases weixin wepay what3words whereby whitebit whitesource
whoisxml whoxy wistia wit witai withings wolframalpha woocommerce woodpecker wordpress workato workday workos
worksnaps workstack worldcoinindex worldpay worldweather wpengine wpml wpscan wrike wufoo wyze x-ai xaiapi xano xata
xendit xero xignite xsolla yahoo yandex yapily yelp ynab ynabapi yodlee yookassa yoomoney youcom youneedabudget
yousign youtrack youtube youtubeapikey yubico zabbix zadarma zamzar zapier zapierwebhook zeabur zebpay zego zendesk
zenefits zenkit zenodo zenrows zenscrape zenserp zenvia zeplin zeptomail zerobounce zerodha zerotier zhipu zhipuai
zilliz zillow zipapi zipbooks zipcodeapi zipcodebase zitadel zoho zonka zonkafeedback zoom zoomeye zoominfo zscaler
zulip zulipchat zuora zuplo zyte
";

/// Names that are everyday words too: they count only in the name of the
/// value itself, beside a word for a credential.
pub(crate) const WORDS: &str = "
abstract acuity adjust ado aemet affirm agility agora aha aikido airplane allegro alloy alpaca apivideo apollo aqua
aserto atlas atomic attio attom autopilot aws axiom bamboo bandwidth baserow beamer bird bit bitwarden blackboard
blizzard bls bonsai borg bouncer box brave braze brightcove btc bunny butter calcom census chameleon chatgpt checkout
chef chorus chroma cicero civo claude clerk close closecom clubhouse coda column comet commodities confluence consul
convex copper cosmic courier crisp cypress dato dbt dd deel delighted deno depot deputy ditto domo drata drift drip
drone dub dune duo dynamics earthly eia elastic elasticsearch elliptic emailable endor endpointprotector enigma envoy
eth exa expedia expo fal fastlane fathom fauna fcm filebase filebrowser filecoin firebase fixer flat float flutter
fofa folk fossa foundry fountain framer fred ft ftp gemini genius getstream gh ghost glitch gong gradle graphite grist
guru happi harness harvest healthchecks heap helium hive hologram host hume hunter iam icinga ideogram iex imap impala
importio ingest inngest insomnia instantly intruder iterative k6 katana keap keycloak kf kinde kite kiwi knack knock
kong kraken kubernetes labelbox lago lambda lark launchpad ldap leonardo lepton lever limelight line linear lit lmnt
logto loom loops lucid luma lusha magnetic mail majestic mediaworks medusa mend mender mercury metronome miro mistral
mite modal moderation modio momento monday moov moz mux namecom nats neon neptune netbox netdata newsdata nexus nimble
nitro noip nomad nomic notify nutshell nyt ollama opensearch oracle orb orbit ory otx outbrain paddle pangea pantheon
paperless parabola paragon particle pd pega pendo percy persona phrase planning plex plunk polar poll polygon pop3
portainer portkey postgres presto privy pulsar puppet raindrop rainforest rally ramp rapid7 rasa raven realestate
recharge redis redox render renovate replit resemble restic retool rev rime riot roam rocket rollbar runway sabre sage
saml samsara sauce scale scout segment sentiment sift sigmacomputing singular smarty sms smtp snov soketi sonar
spaceship spike spinnaker sprout square stability stackpath stadia starling steam stitch stoplight streak streamchat
sumo suno sunrise surge swarm swell tally teleport teller tenable tenor tesla teslamotors tfl tines tink tinyurl
together track transifex translate travis tray tru ttn turnstile turso twentyi twist uber umami unifi unify unity
unkey unleash unstructured updown ups upwork vanilla vantage vast vault verifier vero vk wallet wasabi wati wave web3
webshare whatsapp whoop windmill wise wit wix wiz workable xray yext zoom
";

/// Services whose names stand beside digests of commits and packages.
pub(crate) const STORES: &str = "
anaconda artifactory bintray bitbucket cargoregistry chromatic clojars cloudsmith cocoapodstrunk codeship curseforge
docker dockerhub forgejo gemfury gerrit gitea gitee github gitlab gogs heroku hexpm huggingface jsr librariesio
mavencentral modrinth netlify notary npm npmjs nuget ossrh packagecloud percy pubdev pypi quay replicate rubygems
sigstore sourceforge vercel
";
